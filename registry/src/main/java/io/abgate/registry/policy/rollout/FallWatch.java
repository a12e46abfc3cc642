package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.ShiryaevRoberts;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells when the live accuracy of a champion has fallen below its baseline, which is from the same live labels. It only
 * asks the question; whose fault it is, the comparison with the control says.
 */
final class FallWatch {
    private final RolloutSettings.Attribution settings;
    private double baselineSum;
    private long baselineLabels;
    private @Nullable ShiryaevRoberts detector;
    private double windowSum;
    private int windowLabels;
    private boolean emergency;

    /** With what is known of its live accuracy so far. */
    FallWatch(RolloutSettings.Attribution settings, Counts known) {
        this.settings = settings;
        this.baselineSum = known.scoreSum();
        this.baselineLabels = known.labels();
        watch();
    }

    void score(double score) {
        if (detector != null) {
            detector.score(score);
            window(score);
        } else if (baselineLabels < settings.baselineLabels()) {
            baselineSum += score;
            baselineLabels++;
            watch();
        }
    }

    boolean alarms() {
        return emergency || (detector != null && detector.alarms());
    }

    /** Mean score that a fall is measured from, NaN before the first label. */
    double baseline() {
        return baselineLabels == 0 ? Double.NaN : baselineSum / baselineLabels;
    }

    /** Whether there is a baseline, and one below which a fall can be told. */
    boolean isWatching() {
        return detector != null;
    }

    private void watch() {
        if (baselineLabels >= settings.baselineLabels()) {
            double leastMean = baseline() - settings.tolerance();
            // from .04 down chance alone looks like this: there is nothing left to fall
            if (leastMean > .04 && leastMean < 1) {
                detector = new ShiryaevRoberts(leastMean, settings.rate());
            }
        }
    }

    private void window(double score) {
        windowSum += score;
        windowLabels++;
        if (windowLabels == settings.emergencyLabels()) {
            emergency |= windowSum / windowLabels < baseline() - settings.emergencyFall();
            windowSum = 0;
            windowLabels = 0;
        }
    }

    RolloutSnapshot.Fall snapshot() {
        List<Double> evidence = detector == null
                ? List.of()
                : Arrays.stream(detector.snapshot()).boxed().toList();
        return new RolloutSnapshot.Fall(baselineSum, baselineLabels, evidence, windowSum, windowLabels, emergency);
    }

    static FallWatch restored(RolloutSettings.Attribution settings, RolloutSnapshot.Fall snapshot) {
        FallWatch watch = new FallWatch(settings, new Counts(snapshot.baselineSum(), snapshot.baselineLabels()));
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
