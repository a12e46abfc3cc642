package io.abgate.registry.policy;

import io.abgate.registry.domain.AlertLimits;
import io.abgate.registry.domain.ErrorRate;
import io.abgate.registry.domain.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is wrong with a version by a check of it, beside its baseline. A figure that is no number is an alert of its own:
 * it compares false with every limit.
 */
public final class Degradation {
    private final AlertLimits limits;
    private final List<Finding> findings = new ArrayList<>();

    private Degradation(AlertLimits limits) {
        this.limits = limits;
    }

    /** What an alert is about; from RETRAINING_ASKED on it is no limit of a check, but what came of checks, labels and requests. */
    public enum Kind {
        ACCURACY,
        ACCURACY_PART,
        CONFIDENCE_DROP,
        CONFIDENCE_RISE,
        RESPONSE_RISE,
        RESPONSE,
        ERROR_RATE,
        NOT_FINITE,
        /** Accuracy fell so much that a retraining is asked for, whether or not that is a limit of its own. */
        RETRAINING_ASKED,
        /** A retraining that was asked for came to nothing. */
        TRAINING_FAILED,
        /** A version is to be promoted, and an operator is asked. */
        PROMOTION_HELD,
        /** Requests do not come to two versions as the split means them to. */
        SPLIT_BROKEN,
        /** A version fails oftener than its control, and is not taken back for it. */
        FAILING,
        /** A version is slow oftener than its control, and is not taken back for it. */
        SLOW,
        /** A version is less accurate than its control, and is not taken back for it. */
        LESS_ACCURATE;

        /** Whether a check alone says if it is there. */
        boolean isOfCheck() {
            return compareTo(RETRAINING_ASKED) < 0;
        }
    }

    /**
     * One limit that was exceeded.
     *
     * @param value what was measured, in the limit's unit
     * @param says one clause for a person
     */
    public record Finding(Kind kind, double value, double limit, String says) {}

    /** Judges a check beside the baseline of the same version; {@code accuracy} is how far it fell in between. */
    public static List<Finding> of(Fall accuracy, Measurement baseline, Measurement now, AlertLimits limits) {
        Degradation degradation = new Degradation(limits);
        degradation.accuracy(accuracy, baseline);
        degradation.confidence(baseline.confidence(), now.confidence());
        degradation.response(baseline.latency().mean(), now.latency().mean());
        degradation.errors(now);
        return List.copyOf(degradation.findings);
    }

    private void accuracy(Fall drop, Measurement baseline) {
        if (isOn(limits.accuracyDrop()) && drop.exceeds(limits.accuracyDrop())) {
            add(Kind.ACCURACY, drop.amount(), limits.accuracyDrop(), "accuracy %.3f below the baseline");
        }
        double before = baseline.score().accuracy();
        if (isOn(limits.accuracyDropPart()) && drop.exceedsPart(limits.accuracyDropPart(), before)) {
            double part = drop.amount() / before;
            add(Kind.ACCURACY_PART, part, limits.accuracyDropPart(), "accuracy fell by the part %.3f of the baseline");
        }
    }

    private void confidence(double before, double now) {
        if (!Double.isFinite(now)) {
            add(Kind.NOT_FINITE, now, 0, "mean confidence is %s, which is no number");
            return;
        }
        if (!Double.isFinite(before)) {
            return; // nothing to compare with
        }
        Fall fell = Fall.between(before, now);
        if (isOn(limits.confidenceDrop()) && fell.exceeds(limits.confidenceDrop())) {
            add(Kind.CONFIDENCE_DROP, fell.amount(), limits.confidenceDrop(), "confidence %.3f below the baseline");
        }
        Fall rose = fell.negated();
        if (isOn(limits.confidenceRise()) && rose.exceeds(limits.confidenceRise())) {
            add(Kind.CONFIDENCE_RISE, rose.amount(), limits.confidenceRise(), "confidence %.3f above the baseline");
        }
    }

    private void response(double before, double now) {
        if (!Double.isFinite(now)) {
            return; // no row was answered, which the errors say
        }
        if (Double.isFinite(before) && isOn(limits.responseRise())) {
            Fall rose = Fall.between(before, now).negated();
            if (rose.exceeds(limits.responseRise())) {
                add(Kind.RESPONSE_RISE, rose.amount(), limits.responseRise(), "%.3f s slower than the baseline");
            }
        }
        if (isOn(limits.response()) && now > limits.response()) {
            add(Kind.RESPONSE, now, limits.response(), "mean response time %.3f s");
        }
    }

    private void errors(Measurement now) {
        ErrorRate rate = new ErrorRate(now.errors(), now.attempts());
        if (rate.reaches(limits.errorRate())) {
            add(Kind.ERROR_RATE, rate.value(), limits.errorRate(), "%.3f of the attempts failed");
        }
        if (!now.evaluation().finite()) {
            add(Kind.NOT_FINITE, Double.NaN, 0, "a probability is %s, which is no number");
        }
    }

    private static boolean isOn(double limit) {
        return limit > 0;
    }

    private void add(Kind kind, double value, double limit, String form) {
        findings.add(new Finding(kind, value, limit, String.format(Locale.ROOT, form, value)));
    }
}
