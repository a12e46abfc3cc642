package io.abgate.registry.policy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.ShiryaevRoberts;
import io.abgate.registry.simulation.Simulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How seldom a healthy champion is suspected, and how soon one that falls. */
final class FallWatchSimulationTest {
    private static final RolloutSettings.Attribution SETTINGS = RolloutSettings.DEFAULT.attribution();
    private static final int SHORT = 10_000;
    private static final int LONG = 100_000;
    private static final double HARDEST = .7;

    @ParameterizedTest
    @CsvSource({".95, .01", ".90, .02", ".80, .06", ".70, .07"})
    void aHealthyChampionIsHardlyEverSuspected(double accuracy, double most) {
        assertThat(suspected(Simulation.repetitions(300), SHORT, accuracy)).isLessThanOrEqualTo(most);
    }

    @ParameterizedTest
    @CsvSource({".95, .05", ".90, .15", ".80, .35", ".70, .50"})
    void aHealthyChampionIsSuspectedNowAndThenInTheLongRun(double accuracy, double most) {
        assertThat(suspected(Simulation.repetitions(40), LONG, accuracy)).isLessThanOrEqualTo(most);
    }

    private static double suspected(int runs, int labels, double accuracy) {
        double rate = Simulation.rate(runs, 11, random -> {
            FallWatch watch = new FallWatch(SETTINGS, Counts.NONE);
            for (int i = 0; i < labels && !watch.alarms(); i++) {
                watch.score(random.nextDouble() < accuracy ? 1 : 0);
            }
            return watch.alarms();
        });
        return Simulation.printed("healthy champions at " + accuracy + " suspected within " + labels + " labels", rate);
    }

    /** Negative control: the mean of 200 labels, taken for the truth. */
    @Test
    void oneWhoseFirstLabelsAreTakenForTheTruthIs() {
        assertThat(suspectedByItsFirst(Simulation.repetitions(300), SHORT)).isBetween(.08, .17);
        assertThat(suspectedByItsFirst(Simulation.repetitions(40), LONG)).isGreaterThan(.2);
    }

    private static double suspectedByItsFirst(int runs, int labels) {
        double rate = Simulation.rate(runs, 12, random -> {
            double right = 0;
            for (int i = 0; i < 200; i++) {
                right += random.nextDouble() < HARDEST ? 1 : 0;
            }
            ShiryaevRoberts detector = new ShiryaevRoberts(right / 200 - SETTINGS.tolerance(), SETTINGS.rate());
            for (int i = 0; i < labels && !detector.alarms(); i++) {
                detector.score(random.nextDouble() < HARDEST ? 1 : 0);
            }
            return detector.alarms();
        });
        return Simulation.printed(
                "healthy champions at " + HARDEST + ", by the mean of 200, suspected within " + labels + " labels",
                rate);
    }

    @ParameterizedTest
    @CsvSource({".20, 200, 250", ".20, 500, 160", ".15, 500, 280", ".20, 2000, 110", ".15, 2000, 190", ".10, 2000, 480"
    })
    void aFallIsSeenAfterSoManyLabels(double fall, int known, int most) {
        int[] delays = Simulation.stops(Simulation.repetitions(300), 13, random -> {
            FallWatch watch = new FallWatch(SETTINGS, Counts.NONE);
            for (int i = 0; i < known; i++) {
                watch.score(random.nextDouble() < .9 ? 1 : 0);
            }
            int delay = 0;
            while (!watch.alarms() && delay < 20_000) {
                watch.score(random.nextDouble() < .9 - fall ? 1 : 0);
                delay++;
            }
            return delay;
        });
        String what = "a fall from .9 by " + fall + " seen after, in the median, when " + known + " labels are known";
        assertThat(Simulation.printed(what, Simulation.median(delays))).isLessThanOrEqualTo(most);
    }
}
