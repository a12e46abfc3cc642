package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.registry.domain.Score;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of {@code retrain_decisions.json}: the sequences as doubles, the pairs as whole counts. */
class RetrainDecisionsReferenceTest {
    private static final RetrainingRule RULE = new RetrainingRule(.10, .05, 3);
    private static final double ALERT = .15;
    private static final JsonNode FILE = Reference.read("retrain_decisions.json");

    static Stream<JsonNode> sequences() {
        return Reference.each(FILE.path("sequences"));
    }

    static Stream<JsonNode> pairs() {
        return Reference.each(FILE.path("accuracy_pairs"));
    }

    @ParameterizedTest
    @MethodSource
    void sequences(JsonNode sequence) {
        List<Optional<Fall>> drops = Reference.each(sequence.path("deltas"))
                .map(delta -> delta.isTextual()
                        ? Optional.<Fall>empty() // NaN: nothing to compare
                        : Optional.of(Fall.between(0, delta.doubleValue())))
                .toList();
        Optional<String> asks = RULE.asks(drops);
        assertThat(asks.isPresent()).isEqualTo(sequence.path("retrain").booleanValue());
        String word = sequence.path("reason").textValue().startsWith("Accuracy") ? "limit 0.1" : "3 checks in a row";
        asks.ifPresent(reason -> assertThat(reason).contains(word));
    }

    @ParameterizedTest
    @MethodSource
    void pairs(JsonNode pair) {
        int rows = pair.path(0).intValue();
        Fall drop = Fall.between(
                new Score(pair.path(1).intValue(), rows), new Score(pair.path(2).intValue(), rows));
        assertThat(drop.exceeds(ALERT)).isEqualTo(column(pair, "exact_alert"));
        assertThat(drop.exceeds(RULE.once())).isEqualTo(column(pair, "exact_retrain"));
        assertThat(drop.exceeds(RULE.repeated())).isEqualTo(column(pair, "exact_counts_as_5pct_drop"));
    }

    private static boolean column(JsonNode pair, String name) {
        List<String> names = Reference.each(FILE.path("accuracy_pair_columns"))
                .map(JsonNode::textValue)
                .toList();
        return pair.path(names.indexOf(name)).booleanValue();
    }

    @Test
    void theFileIsWhole() {
        assertThat(sequences()).hasSize(30);
        assertThat(pairs()).hasSize(93);
    }
}
