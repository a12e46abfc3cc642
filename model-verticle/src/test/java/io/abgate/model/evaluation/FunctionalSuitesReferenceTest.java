package io.abgate.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.model.Model;
import io.abgate.model.ModelFormats;
import io.abgate.model.Suites;
import io.abgate.registry.domain.SuiteCase;
import io.abgate.registry.domain.SuiteReport;
import io.abgate.registry.domain.SuiteReport.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the shipped suites of {@code next-word} against what the exercise's models made of the same cases. */
class FunctionalSuitesReferenceTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int WORDS = 24;
    /** Its exercise gives it as an all-zero input, whereas here it is a word like any other. */
    private static final String Z = "S14";

    private static JsonNode read(String file) {
        try (InputStream in = FunctionalSuitesReferenceTest.class.getResourceAsStream("/reference/" + file)) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Index 0 of the exercise comes last. */
    private static JsonNode rotated(JsonNode row) {
        ArrayNode rotated = MAPPER.createArrayNode();
        IntStream.range(0, WORDS).forEach(i -> rotated.add(row.get((i + 1) % WORDS)));
        return rotated;
    }

    private static List<String> vocabulary() {
        return read("weights.json").get("vocabulary").properties().stream()
                .sorted(Comparator.comparingInt(word -> word.getValue().intValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Model model(JsonNode weights) {
        ObjectNode artifact = MAPPER.createObjectNode().put("format", "abgate/dense-v1");
        vocabulary().forEach(artifact.putArray("labels")::add);
        ObjectNode encoder = artifact.putObject("encoder").put("kind", "last-word");
        vocabulary().forEach(encoder.putArray("vocabulary")::add);
        encoder.put("unknown", "unknown");
        ArrayNode layers = artifact.putArray("layers");
        layers.addObject()
                .put("activation", "relu")
                .<ObjectNode>set("weights", rotated(weights.get("W1")))
                .set("bias", weights.get("b1"));
        ArrayNode output = MAPPER.createArrayNode();
        weights.get("W2").forEach(row -> output.add(rotated(row)));
        layers.addObject()
                .put("activation", "softmax")
                .<ObjectNode>set("weights", output)
                .set("bias", rotated(weights.get("b2")));
        try {
            return ModelFormats.installed().read(MAPPER.writeValueAsBytes(artifact));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Model model(String name) {
        return switch (name) {
            case "M0" -> model(read("weights.json").at("/models/M0"));
            case "M1" -> model(run("B_200_epochs_lr_0.5"));
            default -> model(run(name));
        };
    }

    private static JsonNode run(String name) {
        JsonNode weights = read("training.json").get("runs").path(name).path("final");
        assertThat(weights.isObject()).as(name).isTrue();
        return weights;
    }

    private static SuiteReport report(String model) {
        return new SuiteRunner(model(model), System::nanoTime).run(Suites.of("next-word"));
    }

    private static Map<String, JsonNode> byId(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .collect(Collectors.toMap(row -> row.get("id").textValue(), Function.identity()));
    }

    @Test
    void shipsTheFifteenCasesOfTheExercise() {
        Map<String, JsonNode> published = byId(read("predictions.json").get("cases"));
        published.keySet().removeIf(id -> id.startsWith("T"));

        List<SuiteCase> shipped = Suites.of("next-word");

        assertThat(shipped).extracting(SuiteCase::id).containsExactlyInAnyOrderElementsOf(published.keySet());
        assertThat(shipped).allSatisfy(one -> {
            JsonNode its = published.get(one.id());
            String category = its.get("category").textValue();
            assertThat(one.input()).isEqualTo(its.get("context").toString());
            assertThat(one.suite()).isEqualTo(its.get("suite").textValue());
            // a network that sees one word understands no context
            assertThat(one.category())
                    .isEqualTo(category.equals("context_understanding") ? "longer_contexts" : category);
        });
    }

    @ParameterizedTest
    @CsvSource({"M0, 12, 3", "M1, 15, 0"})
    void givesTheSameVerdictOnEveryCase(String model, int passed, int failed) {
        JsonNode executed = read("functional_suites.json").at("/" + model + "/all_15_executed");
        Map<String, JsonNode> verdicts = byId(executed.get("rows"));

        SuiteReport report = report(model);

        assertThat(report.rows()).hasSize(15);
        assertThat(report.rows()).allSatisfy(row -> assertThat(row.passed())
                .as(row.toString())
                .isEqualTo(verdicts.get(row.id()).get("passed").booleanValue()));
        assertThat(report.passed()).isEqualTo(executed.get("passed").intValue()).isEqualTo(passed);
        assertThat(report.failed()).isEqualTo(executed.get("failed").intValue()).isEqualTo(failed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"M0", "M1"})
    void givesTheSameAnswersAndConfidences(String model) {
        Map<String, JsonNode> published =
                byId(read("predictions.json").at("/models/" + model).get("rows"));
        List<String> words = vocabulary();
        Set<String> seen = new HashSet<>();

        for (Row row : report(model).rows()) {
            JsonNode its = published.get(row.id());
            if (its.get("argmax_index").isNull()) {
                assertThat(row.output()).as(row.id()).isNull();
                assertThat(row.reason()).contains("context");
            } else if (!row.id().equals(Z)) {
                String word = words.get((its.get("argmax_index").intValue() + WORDS - 1) % WORDS);
                assertThat(row.output()).as(row.id()).isEqualTo(word);
                assertThat(row.confidence()).isCloseTo(its.get("confidence").doubleValue(), within(1e-9));
            }
            seen.add(row.id());
        }
        assertThat(seen).hasSize(15);
    }

    @Test
    void namesWhatAnUntrainedModelLacks() {
        assertThat(report("M0").summary().failures())
                .extracting(failure -> failure.name() + ": " + failure.reason())
                .containsExactly(
                        "basic/known_patterns/S01: answer: a (expected: one of sat);"
                                + " confidence: 0.0417 (expected: at least 0.1)",
                        "basic/known_patterns/S02: answer: small (expected: one of ran, jumped);"
                                + " confidence: 0.0417 (expected: at least 0.1)",
                        "basic/known_patterns/S03: answer: sat (expected: one of mat);"
                                + " confidence: 0.0417 (expected: at least 0.1)");
    }

    @Test
    void passesAModelThatARetrainingRepaired() {
        List<String> runs = new ArrayList<>();
        read("training.json").get("runs").fieldNames().forEachRemaining(runs::add);
        String repaired =
                runs.stream().filter(name -> name.startsWith("C")).findFirst().orElseThrow();

        assertThat(report(repaired).verdict()).isEqualTo(SuiteReport.Verdict.PASSED);
    }
}
