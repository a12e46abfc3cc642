package io.abgate.model.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.abgate.model.ModelFormats;
import io.abgate.model.training.Progress;
import io.abgate.registry.contract.JobOutcome;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.contract.TrainOrder.Plan;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which buffers of {@code buffer.json} can be trained on at all: by hand one usable sample is enough, where the exercise
 * asks for ten of any kind, and {@code z} is a word.
 */
class BufferReferenceTest {
    private static final String WORDS = """
            ["the","cat","dog","sat","ran","on","in","mat","park","house","big","small","red","blue","quickly",
             "slowly","jumped","over","under","unknown","word","a","teh","z"]""";
    private static final String BLUEPRINT = """
            {"format":"abgate/dense-v1","labels":%s,"hidden":[12],
             "encoder":{"kind":"last-word","vocabulary":%s,"unknown":"unknown"},
             "initialisation":{"kind":"normal","scale":0.01}}""".formatted(WORDS, WORDS);

    static Stream<JsonNode> preconditions() throws IOException {
        try (InputStream in = BufferReferenceTest.class.getResourceAsStream("/reference/buffer.json")) {
            JsonNode rows = new ObjectMapper().readTree(in).path("retrain_preconditions");
            return StreamSupport.stream(rows.spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("preconditions")
    void trainsOnTheUsableSamplesOfABuffer(JsonNode row) {
        List<Example> rows = rows(row.path("buffer").textValue());

        JobOutcome outcome = run(rows);

        assertThat(rows).hasSize(row.path("size").intValue());
        assertThat(outcome.usedRows() + outcome.droppedRows()).isEqualTo(rows.size());
        if (row.path("data_points").isInt()) {
            assertThat(outcome.usedRows()).isEqualTo(row.path("data_points").intValue());
        } else {
            boolean tooFew = row.path("refusal").asText().startsWith("Insufficient");
            assertThat(outcome.usedRows())
                    .isEqualTo(tooFew || row.path("exception").isTextual() ? rows.size() : 0);
        }
        assertThat(outcome.trained() != null).isEqualTo(outcome.usedRows() > 0);
        assertThat(outcome.failure() == null).isEqualTo(outcome.usedRows() > 0);
    }

    private static JobOutcome run(List<Example> rows) {
        TrainOrder order = new TrainOrder(
                1, "next-word", null, false, BLUEPRINT, rows, List.of(), new Plan(1, 0.01, 0, 1), List.of());
        return new TrainingJob(order, "here", ModelFormats.installed()).run(Progress.NONE);
    }

    @Test
    void countsWhyRowsWereDroppedAndWhichWordsItDoesNotKnow() {
        JobOutcome outcome = run(List.of(
                new Example("[\"the\"]", "cat"),
                new Example("[\"elephant\"]", "cat"),
                new Example("[\"unknown\"]", "cat"),
                new Example("[\"the\"]", "elephant"),
                new Example("[\"\",\"\"]", "cat"),
                new Example("[]", "cat"),
                new Example("\"the\"", "cat"),
                new Example("[7]", "cat")));

        assertThat(outcome.usedRows()).isEqualTo(3);
        assertThat(outcome.course().dropped())
                .containsEntry(Unusable.UNKNOWN_TRUTH, 1)
                .containsEntry(Unusable.EMPTY_INPUT, 2)
                .containsEntry(Unusable.UNFIT_INPUT, 2);
        assertThat(outcome.course().outOfVocabulary()).isEqualTo(1);
    }

    private static List<Example> rows(String description) {
        List<Example> rows = new ArrayList<>();
        for (String part : description.replace(", no baseline", "").split(" \\+ ", -1)) {
            String[] words = part.split(" ", 2);
            boolean counted = Character.isDigit(words[0].charAt(0));
            int count = counted ? Integer.parseInt(words[0]) : 1;
            for (int i = 0; i < count; i++) {
                rows.add(row(counted ? words[words.length - 1] : part));
            }
        }
        return rows;
    }

    private static Example row(String kind) {
        return switch (kind) {
            case "valid" -> new Example("[\"the\"]", "cat");
            case "unknown targets" -> new Example("[\"the\"]", "elephant");
            case "empty contexts", "empty context" -> new Example("[]", "cat");
            case "target z" -> new Example("[\"the\"]", "z");
            case "input z" -> new Example("[\"z\"]", "cat");
            default -> throw new AssertionError(kind);
        };
    }
}
