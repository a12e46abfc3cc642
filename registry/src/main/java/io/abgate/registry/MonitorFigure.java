package io.abgate.registry;

import io.abgate.registry.domain.AlertLimits;
import io.abgate.registry.domain.Measurement;
import io.abgate.registry.policy.Fall;
import org.jspecify.annotations.Nullable;

/** What a check measures of a champion, in the unit of its limit, if it has one. */
public enum MonitorFigure {
    ACCURACY("accuracy"),
    CONFIDENCE("confidence"),
    ACCURACY_DROP("accuracyDrop"),
    ACCURACY_DROP_PART("accuracyDropPart"),
    CONFIDENCE_DROP("confidenceDrop"),
    CONFIDENCE_RISE("confidenceRise"),
    RESPONSE_RISE("responseRise"),
    RESPONSE("response"),
    ERROR_RATE("errorRate");

    private final String setting;

    MonitorFigure(String setting) {
        this.setting = setting;
    }

    /** Its name, which is that of its limit in {@code monitor.alerts}. */
    public String setting() {
        return setting;
    }

    /** What was measured; NaN without the baseline that it needs. */
    double value(@Nullable Measurement baseline, Measurement now) {
        return switch (this) {
            case ACCURACY -> now.score().accuracy();
            case CONFIDENCE -> now.confidence();
            case RESPONSE -> now.latency().mean();
            case ERROR_RATE -> (double) now.errors() / now.attempts();
            case ACCURACY_DROP, ACCURACY_DROP_PART, CONFIDENCE_DROP, CONFIDENCE_RISE, RESPONSE_RISE ->
                baseline == null ? Double.NaN : beside(baseline, now);
        };
    }

    private double beside(Measurement baseline, Measurement now) {
        double fall = Fall.between(baseline.score(), now.score()).amount();
        return switch (this) {
            case ACCURACY_DROP -> fall;
            case ACCURACY_DROP_PART -> fall / baseline.score().accuracy();
            case CONFIDENCE_DROP -> baseline.confidence() - now.confidence();
            case CONFIDENCE_RISE -> now.confidence() - baseline.confidence();
            case RESPONSE_RISE -> now.latency().mean() - baseline.latency().mean();
            case ACCURACY, CONFIDENCE, RESPONSE, ERROR_RATE -> Double.NaN;
        };
    }

    /** What raises an alert; NaN where nothing does. */
    double limit(AlertLimits limits) {
        double limit =
                switch (this) {
                    case ACCURACY, CONFIDENCE -> 0;
                    case ACCURACY_DROP -> limits.accuracyDrop();
                    case ACCURACY_DROP_PART -> limits.accuracyDropPart();
                    case CONFIDENCE_DROP -> limits.confidenceDrop();
                    case CONFIDENCE_RISE -> limits.confidenceRise();
                    case RESPONSE_RISE -> limits.responseRise();
                    case RESPONSE -> limits.response();
                    case ERROR_RATE -> limits.errorRate();
                };
        return limit > 0 ? limit : Double.NaN;
    }
}
