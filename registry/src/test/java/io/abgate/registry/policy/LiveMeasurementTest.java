package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveMeasurementTest {
    private static final Offset<Double> SAME = within(1e-7); // a prediction id has a float
    private final LiveMeasurement measured = new LiveMeasurement(List.of("ham", "spam"));

    private void learn(String truth, boolean right, float confidence, int flags) {
        PredictionId id = new PredictionId(1, flags, 1, 1, 1, 0, confidence, 5, 6, 7, 8);
        measured.add(new Outcome(id, truth, right ? 1 : 0));
    }

    @Test
    void saysNothingBeforeTheFirstLabel() {
        assertThat(measured.attempts()).isZero();
        assertThat(List.of(
                        measured.balancedAccuracy(),
                        measured.confidence(),
                        measured.brier(),
                        measured.calibrationError()))
                .containsOnly(Double.NaN);
    }

    @Test
    void countsByClassSoThatARareOneWeighsAsMuch() {
        for (int i = 0; i < 8; i++) {
            learn("ham", true, .9f, 0);
        }
        learn("spam", true, .9f, 0);
        learn("spam", false, .9f, 0);
        assertThat(measured.right()).isEqualTo(9);
        assertThat(measured.balancedAccuracy()).isEqualTo(.75);
        learn("eggs", false, .9f, 0);
        assertThat(measured.balancedAccuracy()).as("a truth that is no label").isEqualTo(.5);
    }

    @Test
    void holdsConfidenceAgainstWhatWasTrue() {
        learn("ham", true, .95f, 0);
        learn("ham", false, .95f, 0);
        learn("spam", true, .55f, 0);
        assertThat(measured.confidence()).isCloseTo((.95 + .95 + .55) / 3, SAME);
        assertThat(measured.brier()).isCloseTo((.05 * .05 + .95 * .95 + .45 * .45) / 3, SAME);
        assertThat(measured.calibrationError()).isCloseTo((Math.abs(1.9 - 1) + .45) / 3, SAME);
    }

    @Test
    void takesTheAnswerOfAnotherForAnErrorWhateverItsConfidence() {
        learn("ham", true, 1, 0);
        learn("ham", true, .2f, PredictionId.FALLBACK);
        assertThat(measured.attempts()).isEqualTo(2);
        assertThat(measured.errors()).isEqualTo(1);
        assertThat(measured.right()).isEqualTo(1);
        assertThat(measured.confidence()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(floats = {-3, 7, Float.NaN, Float.NEGATIVE_INFINITY})
    void foldsWhateverALedgerHolds(float confidence) {
        learn("ham", true, confidence, 0);
        assertThat(measured.right()).isEqualTo(1);
        assertThat(LiveMeasurement.restored(List.of("ham", "spam"), measured.snapshot())
                        .attempts())
                .isEqualTo(1);
    }

    @Test
    void leavesRewardsOut() {
        measured.add(new Outcome(new PredictionId(1, 0, 1, 1, 1, 0, .5f, 5, 6, 7, 8), null, .3));
        assertThat(measured.attempts()).isZero();
    }
}
