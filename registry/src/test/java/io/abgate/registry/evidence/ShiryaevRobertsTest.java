package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShiryaevRobertsTest {
    private static final double MEAN = .85;

    /** Right on 90 of a hundred until the 200th, on 70 from then on; computed by an independent implementation. */
    @ParameterizedTest
    @CsvSource({"1, 0.83076549", "10, 8.7496796", "200, 29.702533", "250, 460.78071", "300, 8767.9235", "400, 6385764.4"
    })
    void agreesWithTheReference(int scores, double statistic) {
        ShiryaevRoberts detector = new ShiryaevRoberts(MEAN, 1e-4);
        for (int t = 1; t <= scores; t++) {
            detector.score(GoldenStream.right(t, t <= 200 ? 90 : 70));
        }
        assertThat(detector.statistic()).isCloseTo(statistic, withinPercentage(1e-5));
    }

    @Test
    void alarmsAtTheSameScoreAsTheReference() {
        ShiryaevRoberts detector = new ShiryaevRoberts(MEAN, 1e-4);
        int t = 0;
        while (!detector.alarms()) {
            t++;
            detector.score(GoldenStream.right(t, t <= 200 ? 90 : 70));
        }
        assertThat(t).isEqualTo(290);
    }

    @Test
    void isFairAtTheLeastMean() {
        double[] evidence = {1, 2, 3, 4, 5, 60};
        double expected = MEAN * after(evidence, 1) + (1 - MEAN) * after(evidence, 0);
        assertThat(expected).isCloseTo(1 + 75.0 / 6, within(1e-12));
        assertThat(after(evidence, MEAN)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void staysBoundedWhileAllIsRight() {
        ShiryaevRoberts detector = new ShiryaevRoberts(MEAN, 1e-4);
        for (int i = 0; i < 100_000; i++) {
            detector.score(1);
            assertThat(detector.statistic()).isLessThan(15);
        }
    }

    @Test
    void staysFiniteLongAfterAnAlarm() {
        ShiryaevRoberts detector = new ShiryaevRoberts(MEAN, 1e-4);
        for (int i = 0; i < 5_000; i++) {
            detector.score(0);
        }
        assertThat(detector.statistic()).isFinite().isGreaterThan(1e299);
    }

    @Test
    void goesOnFromASnapshotToTheLastBit() {
        ShiryaevRoberts detector = new ShiryaevRoberts(MEAN, 1e-4);
        detector.score(.3);
        ShiryaevRoberts restored = ShiryaevRoberts.restored(MEAN, 1e-4, detector.snapshot());
        detector.score(.9);
        restored.score(.9);
        assertThat(restored.statistic()).isEqualTo(detector.statistic());
    }

    @ParameterizedTest
    @ValueSource(doubles = {.04, 1, Double.NaN})
    void refusesAMeanBelowWhichNothingCanBeSeen(double mean) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ShiryaevRoberts(mean, 1e-4))
                .withMessageEndingWith("(expected: a number in (0.04, 1))");
    }

    private static double after(double[] evidence, double score) {
        ShiryaevRoberts detector = ShiryaevRoberts.restored(MEAN, 1e-4, evidence);
        detector.score(score);
        return detector.statistic();
    }
}
