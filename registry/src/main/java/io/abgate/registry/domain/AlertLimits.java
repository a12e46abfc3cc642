package io.abgate.registry.domain;

/**
 * When a check of a version raises an alert; each is exceeded by more than it says, and 0 switches it off, unless said
 * otherwise. All are absolute: accuracy and confidence in points of 1, times in seconds.
 *
 * @param accuracyDrop below the baseline
 * @param accuracyDropPart the same as a part of the baseline's accuracy
 * @param confidenceDrop below the baseline
 * @param confidenceRise above the baseline: a model that gets worse may well get surer
 * @param responseRise of the mean response time above the baseline
 * @param response of the mean response time, whatever the baseline
 * @param errorRate errors by attempts, reached, not exceeded
 */
public record AlertLimits(
        double accuracyDrop,
        double accuracyDropPart,
        double confidenceDrop,
        double confidenceRise,
        double responseRise,
        double response,
        double errorRate) {
    public AlertLimits {
        inUnit("accuracyDrop", accuracyDrop);
        inUnit("accuracyDropPart", accuracyDropPart);
        inUnit("confidenceDrop", confidenceDrop);
        inUnit("confidenceRise", confidenceRise);
        seconds("responseRise", responseRise);
        seconds("response", response);
        inUnit("errorRate", errorRate);
    }

    private static void inUnit(String name, double limit) {
        Check.that(limit >= 0 && limit <= 1, "monitor.alerts." + name, limit, "a number in [0, 1]; 0 is off");
    }

    private static void seconds(String name, double limit) {
        Check.that(
                limit >= 0 && Double.isFinite(limit),
                "monitor.alerts." + name,
                limit,
                "a finite number of seconds from 0; 0 is off");
    }
}
