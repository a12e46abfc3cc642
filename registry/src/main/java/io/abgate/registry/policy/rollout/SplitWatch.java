package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.EProcess;
import io.abgate.registry.evidence.SampleRatioTest;
import java.util.List;
import java.util.Locale;

/** Whether labelled units come from the two sides as the split meant them to. */
final class SplitWatch {
    private final double[] shares = new double[2];
    private SampleRatioTest test = new SampleRatioTest(2);
    private EProcess evidence = new EProcess();

    void unit(boolean toNew, double propensityNew) {
        shares[0] = 1 - propensityNew;
        shares[1] = propensityNew;
        evidence.multiply(test.factor(toNew ? 1 : 0, shares));
    }

    boolean isBroken(double alpha) {
        return evidence.rejects(alpha);
    }

    /** What came and what was meant, for a person. */
    String says(double alpha) {
        double ofNew = test.units(1);
        return String.format(
                Locale.ROOT,
                "%.0f of %.0f from the new version, %.0f expected;"
                        + " the e-value reached %.1f, the threshold is %.0f",
                ofNew,
                ofNew + test.units(0),
                test.expected(1),
                peak(),
                1 / alpha);
    }

    double peak() {
        return evidence.peak();
    }

    RolloutSnapshot.Split snapshot() {
        return new RolloutSnapshot.Split(
                List.of(test.units(0), test.units(1)),
                List.of(test.expected(0), test.expected(1)),
                evidence.snapshot());
    }

    static SplitWatch restored(RolloutSnapshot.Split snapshot) {
        SplitWatch watch = new SplitWatch();
        watch.test = SampleRatioTest.restored(array(snapshot.units()), array(snapshot.expected()));
        watch.evidence = EProcess.restored(snapshot.evidence());
        return watch;
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
