package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.registry.domain.AlertLimits;
import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.Evaluation.ClassCount;
import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.Measurement.Latency;
import io.abgate.registry.domain.Score;
import io.abgate.registry.policy.Degradation.Finding;
import io.abgate.registry.policy.Degradation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of {@code alerts.json}. Where the exercise alerts at just a limit, because a difference of doubles came out a
 * little larger, nothing is exceeded here; its rules look at falling accuracy and confidence and rising times alone.
 */
class AlertsReferenceTest {
    private static final AlertLimits LIMITS = new AlertLimits(.15, 0, .20, .20, 1.0, 2.0, .05);
    private static final Set<String> ROUNDED = Set.of(
            "20 of 20 to 17 of 20 (floating point)",
            "10 of 20 to 7 of 20 (floating point)",
            "confidence 0.9 to 0.7 (floating point)");

    static Stream<JsonNode> cases() {
        return Reference.each(Reference.read("alerts.json").path("cases"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void alertsWhereTheExerciseDoes(JsonNode row) {
        List<Kind> expected = new ArrayList<>();
        for (JsonNode alert : row.path("alerts")) {
            expected.add(kind(alert.textValue()));
        }
        if (ROUNDED.contains(row.path("name").textValue())) {
            assertThat(expected).as("the exercise's rounding").hasSize(1);
            expected.clear();
        }
        assertThat(findings(row, LIMITS))
                .extracting(Finding::kind)
                .filteredOn(kind -> kind == Kind.ACCURACY || kind == Kind.CONFIDENCE_DROP || kind == Kind.RESPONSE_RISE)
                .isEqualTo(expected);
    }

    private static Kind kind(String alert) {
        return alert.startsWith("ACCURACY")
                ? Kind.ACCURACY
                : alert.startsWith("CONFIDENCE") ? Kind.CONFIDENCE_DROP : Kind.RESPONSE_RISE;
    }

    private static List<Finding> findings(JsonNode row, AlertLimits limits) {
        JsonNode before = row.path("baseline");
        Score now = new Score(row.path("correct").intValue(), row.path("total").intValue());
        Fall drop = Fall.between(before.path(0).doubleValue(), now.accuracy());
        Measurement baseline =
                measured(now, before.path(1).doubleValue(), before.path(2).doubleValue());
        return Degradation.of(
                drop,
                baseline,
                measured(
                        now,
                        number(row.path("confidence_each")),
                        row.path("seconds_each").doubleValue()),
                limits);
    }

    private static double number(JsonNode value) {
        return value.isTextual() ? Double.NaN : value.doubleValue();
    }

    private static Measurement measured(Score score, double confidence, double seconds) {
        Evaluation evaluation = new Evaluation(List.of(new ClassCount("any", score)), 1, true);
        Latency latency = new Latency(seconds, seconds, seconds, seconds, seconds);
        return new Measurement(evaluation, 0, confidence, 0, 0, latency);
    }

    @Test
    void alertsOnTheLimitsThatTheExerciseListsAndNeverUses() {
        assertThat(of("2.5 s flat on a 2.0 s baseline (above the unused 2.0 s limit, no alert)"))
                .extracting(Finding::kind)
                .containsExactly(Kind.RESPONSE);
        assertThat(of("confidence NaN")).extracting(Finding::kind).containsExactly(Kind.NOT_FINITE);
        assertThat(of("all improved"))
                .as("surer by 0.8")
                .extracting(Finding::kind)
                .containsExactly(Kind.CONFIDENCE_RISE);
    }

    @Test
    void aLimitThatIsMovedMovesTheDecision() {
        JsonNode row = named("10 of 10 to 9 of 10");
        assertThat(findings(row, LIMITS)).isEmpty();
        AlertLimits tighter = new AlertLimits(.09, 0, .20, .20, 1.0, 2.0, .05);
        assertThat(findings(row, tighter)).extracting(Finding::kind).containsExactly(Kind.ACCURACY);
        AlertLimits off = new AlertLimits(0, 0, 0, 0, 0, 0, 0);
        assertThat(findings(named("all three"), off)).isEmpty();
    }

    @Test
    void errorsAreDegradedFromJustTheirLimitOn() {
        assertThat(errors(1, 20)).extracting(Finding::kind).containsExactly(Kind.ERROR_RATE);
        assertThat(errors(1, 21)).isEmpty();
    }

    private static List<Finding> errors(int errors, int attempts) {
        Evaluation evaluation =
                new Evaluation(List.of(new ClassCount("any", new Score(attempts - errors, attempts))), 1, true);
        Measurement now = new Measurement(evaluation, errors, .5, 0, 0, new Latency(0, 0, 0, 0, 0));
        return Degradation.of(Fall.between(now.score(), now.score()), now, now, LIMITS);
    }

    private static List<Finding> of(String name) {
        return findings(named(name), LIMITS);
    }

    private static JsonNode named(String name) {
        return cases().filter(row -> row.path("name").textValue().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
