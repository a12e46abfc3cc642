package io.abgate.registry.policy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.ShiryaevRoberts;
import io.abgate.registry.simulation.Simulation;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How seldom a healthy champion is suspected, and how soon one that falls. */
final class FallWatchSimulationTest {
    private static final RolloutSettings.Attribution SETTINGS = RolloutSettings.DEFAULT.attribution();
    private static final int RUNS = 300;
    private static final int LABELS = 10_000;

    @ParameterizedTest
    @CsvSource({".95, .01", ".90, .02", ".80, .06", ".70, .07"})
    void aHealthyChampionIsHardlyEverSuspected(double accuracy, double most) {
        int alarms = 0;
        RandomGenerator random = Simulation.random(11);
        for (int run = 0; run < RUNS; run++) {
            FallWatch watch = new FallWatch(SETTINGS, Counts.NONE);
            for (int i = 0; i < LABELS && !watch.alarms(); i++) {
                watch.score(random.nextDouble() < accuracy ? 1 : 0);
            }
            alarms += watch.alarms() ? 1 : 0;
        }
        assertThat(alarms / (double) RUNS).as("within 10,000 labels").isLessThanOrEqualTo(most);
    }

    /** Negative control: the mean of 200 labels, taken for the truth. */
    @Test
    void oneWhoseFirstLabelsAreTakenForTheTruthIs() {
        int alarms = 0;
        RandomGenerator random = Simulation.random(12);
        for (int run = 0; run < RUNS; run++) {
            double right = 0;
            for (int i = 0; i < 200; i++) {
                right += random.nextDouble() < .7 ? 1 : 0;
            }
            ShiryaevRoberts detector = new ShiryaevRoberts(right / 200 - SETTINGS.tolerance(), SETTINGS.rate());
            for (int i = 0; i < LABELS && !detector.alarms(); i++) {
                detector.score(random.nextDouble() < .7 ? 1 : 0);
            }
            alarms += detector.alarms() ? 1 : 0;
        }
        assertThat(alarms / (double) RUNS).isBetween(.08, .17);
    }

    @ParameterizedTest
    @CsvSource({".20, 200, 250", ".20, 500, 160", ".15, 500, 280", ".20, 2000, 110", ".15, 2000, 190", ".10, 2000, 480"
    })
    void aFallIsSeenAfterSoManyLabels(double fall, int known, int most) {
        RandomGenerator random = Simulation.random(13);
        int[] delays = new int[RUNS];
        for (int run = 0; run < RUNS; run++) {
            FallWatch watch = new FallWatch(SETTINGS, Counts.NONE);
            for (int i = 0; i < known; i++) {
                watch.score(random.nextDouble() < .9 ? 1 : 0);
            }
            while (!watch.alarms() && delays[run] < 20_000) {
                watch.score(random.nextDouble() < .9 - fall ? 1 : 0);
                delays[run]++;
            }
        }
        Arrays.sort(delays);
        assertThat(delays[RUNS / 2]).isLessThanOrEqualTo(most);
    }
}
