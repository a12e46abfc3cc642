package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.ShiryaevRoberts;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells when the live accuracy of a champion has fallen below its baseline, which is from the same live labels. It only
 * asks the question; whose fault it is, the comparison with the control says.
 *
 * <p>A fall is one by more than what is tolerated. What some hundred labels say of an accuracy is uncertain, so that where
 * they allow for less than that, a fall is one below the lower bound of Robbins' 98 % interval for the baseline. The
 * baseline grows by blocks, but for those that the detector suspects
 * or that are worse by more than what is tolerated; what it has seen by then stays its evidence, as each score was bet on
 * by a bound from the past.
 */
final class FallWatch {
    /** Both sides of the baseline's interval. */
    private static final double UNCERTAINTY = .02;
    /** Part of the alarm's threshold from which a block is not taken for the baseline. */
    private static final double SUSPICION = .01;

    private final RolloutSettings.Attribution settings;
    private Counts baseline;
    private Counts block = Counts.NONE;
    private @Nullable ShiryaevRoberts detector;
    private double windowSum;
    private int windowLabels;
    private boolean emergency;

    /** With what is known of its live accuracy so far. */
    FallWatch(RolloutSettings.Attribution settings, Counts known) {
        this.settings = settings;
        this.baseline = known;
        watch();
    }

    void score(double score) {
        if (detector != null) {
            detector.score(score);
            window(score);
        }
        if (baseline.labels() < settings.mostBaselineLabels()) {
            learn(score);
        }
    }

    boolean alarms() {
        return emergency || (detector != null && detector.alarms());
    }

    /** Mean score that a fall is measured from, NaN before the first label. */
    double baseline() {
        return baseline.plus(block).accuracy();
    }

    /** Whether there is a baseline, and one below which a fall can be told. */
    boolean isWatching() {
        return detector != null;
    }

    private void learn(double score) {
        block = block.plus(score);
        long missing = settings.baselineLabels() - baseline.labels();
        if (block.labels() >= (missing > 0 ? missing : settings.baselineLabels())) {
            if (!isSuspected()) {
                baseline = baseline.plus(block);
                watch();
            }
            block = Counts.NONE;
        }
    }

    private boolean isSuspected() {
        return detector != null
                && (detector.statistic() >= SUSPICION / settings.rate()
                        || block.accuracy() < baseline.accuracy() - settings.tolerance());
    }

    private void watch() {
        if (baseline.labels() >= settings.baselineLabels()) {
            double leastMean =
                    Math.min(baseline.interval(UNCERTAINTY).lower(), baseline.accuracy() - settings.tolerance());
            // from .04 down chance alone looks like this: there is nothing left to fall
            detector = leastMean > .04 && leastMean < 1 ? watching(leastMean) : null;
        }
    }

    private ShiryaevRoberts watching(double leastMean) {
        return detector == null
                ? new ShiryaevRoberts(leastMean, settings.rate())
                : ShiryaevRoberts.restored(leastMean, settings.rate(), detector.snapshot());
    }

    private void window(double score) {
        windowSum += score;
        windowLabels++;
        if (windowLabels == settings.emergencyLabels()) {
            emergency |= windowSum / windowLabels < baseline.accuracy() - settings.emergencyFall();
            windowSum = 0;
            windowLabels = 0;
        }
    }

    RolloutSnapshot.Fall snapshot() {
        List<Double> evidence = detector == null
                ? List.of()
                : Arrays.stream(detector.snapshot()).boxed().toList();
        return new RolloutSnapshot.Fall(baseline, block, evidence, windowSum, windowLabels, emergency);
    }

    static FallWatch restored(RolloutSettings.Attribution settings, RolloutSnapshot.Fall snapshot) {
        FallWatch watch = new FallWatch(settings, snapshot.baseline());
        watch.block = snapshot.block();
        if (watch.detector != null) {
            double[] evidence = snapshot.evidence().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            watch.detector = ShiryaevRoberts.restored(watch.detector.mean(), settings.rate(), evidence);
        }
        watch.windowSum = snapshot.windowSum();
        watch.windowLabels = snapshot.windowLabels();
        watch.emergency = snapshot.emergency();
        return watch;
    }
}
