package io.abgate.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.abgate.registry.domain.ErrorRate;
import io.abgate.registry.domain.Health;
import io.abgate.registry.domain.Health.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every step of {@code health.json}. Counts of a lifetime, and means over the last 1,000 successes, are the file's. The
 * status is of the last 1,000 attempts, where the file's is of all: the two differ where a burst of errors comes after
 * many successes, in {@link #BURST}.
 */
class HealthReferenceTest {
    private static final double LIMIT = 0.05;
    private static final Offset<Double> SAME = within(1e-9);
    private static final String BURST = "window of 1000 and lifetime counters";
    private static final Map<List<String>, Double> CONFIDENCE = confidence();

    private final Attempts attempts = new Attempts();
    private long nowNanos;

    private static JsonNode read(String file) {
        try (InputStream in = HealthReferenceTest.class.getResourceAsStream("/reference/" + file)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> scripts() {
        return StreamSupport.stream(read("health.json").get("scripts").spliterator(), false);
    }

    private static Map<List<String>, Double> confidence() {
        Map<List<String>, Double> confidence = new HashMap<>();
        JsonNode cases = read("predictions.json").get("cases");
        JsonNode rows = read("predictions.json").at("/models/M1/rows");
        for (int i = 0; i < cases.size(); i++) {
            confidence.put(
                    words(cases.get(i).get("context")),
                    rows.get(i).get("confidence").doubleValue());
        }
        // in neither set, but no word of the vocabulary either
        confidence.put(List.of("nosuchword"), confidence.get(List.of("1", "2", "3")));
        return confidence;
    }

    private static List<String> words(JsonNode context) {
        return StreamSupport.stream(context.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyStepLeavesTheFiguresOfTheExercise(JsonNode script) {
        for (JsonNode step : script.get("steps")) {
            play(step.get("op"));
            assertFigures(step);
            assertStatus(script.get("name").textValue(), step);
        }
    }

    @Test
    void allScriptsAreThere() {
        assertThat(scripts()).hasSize(7);
        assertThat(scripts()
                        .flatMap(script ->
                                StreamSupport.stream(script.get("steps").spliterator(), false)))
                .hasSize(28);
    }

    private void play(JsonNode op) {
        for (int i = 0; i < op.get("n").intValue(); i++) {
            switch (op.get("op").textValue()) {
                case "ok" -> answer(op);
                case "error" -> attempts.failed(nowNanos++);
                case "empty" -> attempts.rejected();
                default -> throw new IllegalArgumentException(op.toString());
            }
        }
    }

    private void answer(JsonNode op) {
        long took = Math.round(op.get("rt").doubleValue() * 1e9);
        nowNanos += took;
        attempts.answered(nowNanos, took, 1, CONFIDENCE.get(words(op.get("context"))));
    }

    private Health health() {
        return Windows.merged(List.of(attempts.recent()));
    }

    private void assertFigures(JsonNode step) {
        JsonNode byAttempts = step.get("attempt_based");
        JsonNode seed = step.get("seed");
        ErrorRate lifetime = health().lifetime().attempts();

        assertThat(lifetime.attempts())
                .as("%s", step)
                .isEqualTo(byAttempts.get("attempts").longValue());
        assertThat(lifetime.errors()).isEqualTo(seed.get("total_errors").longValue());
        assertThat(lifetime.value()).isEqualTo(byAttempts.get("error_rate").doubleValue());
        assertThat(health().lifetime().predictions())
                .isEqualTo(seed.get("total_predictions").longValue());
        assertThat(health().latencyNanos()).hasSize(seed.get("window_len").intValue());
        if (health().latencyNanos().isEmpty()) { // 0 in the exercise, as if something had answered at once
            assertThat(health().latency().mean()).isNaN();
            assertThat(health().confidence()).isNaN();
        } else {
            assertThat(health().latency().mean())
                    .isCloseTo(seed.get("avg_response_time_s").doubleValue(), SAME);
            assertThat(health().confidence())
                    .isCloseTo(seed.get("avg_confidence").doubleValue(), SAME);
        }
    }

    private void assertStatus(String script, JsonNode step) {
        String word = step.at("/attempt_based/attempts").intValue() == 0
                ? "no data"
                : step.at("/attempt_based/status").textValue();
        assertThat(Health.status(health().lifetime().attempts(), LIMIT).word()).isEqualTo(word);
        boolean isBurst =
                script.equals(BURST) && step.at("/attempt_based/attempts").intValue() >= 2_100;
        assertThat(health().status(LIMIT).word()).as("%s", step).isEqualTo(isBurst ? Status.DEGRADED.word() : word);
    }

    @Test
    void fiftyErrorsInTheLastThousandAreDegradedAndFortyNineAreNot() {
        for (int i = 0; i < 5_000; i++) {
            attempts.answered(nowNanos++, 1, 1, 0.5);
        }
        for (int i = 0; i < 49; i++) {
            attempts.failed(nowNanos++);
        }
        assertThat(health().status(LIMIT)).isEqualTo(Status.HEALTHY);
        attempts.failed(nowNanos++);
        assertThat(health().window()).isEqualTo(new ErrorRate(50, 1_000));
        assertThat(health().status(LIMIT)).isEqualTo(Status.DEGRADED);
        for (int i = 0; i < 951; i++) {
            attempts.answered(nowNanos++, 1, 1, 0.5);
        }
        assertThat(health().status(LIMIT))
                .as("the first of them left the window")
                .isEqualTo(Status.HEALTHY);
    }
}
