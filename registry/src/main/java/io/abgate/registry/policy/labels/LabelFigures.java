package io.abgate.registry.policy.labels;

import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.Interval;
import io.abgate.registry.evidence.WorstCase;
import java.util.Optional;

/**
 * How a version's labels come.
 *
 * @param received labels that count
 * @param late those of them that came after the labels of their time had been compared
 * @param corrected that correct another
 * @param expired that came too late to count
 * @param predicted predictions that were counted; empty where nobody counts them
 * @param mature those of them that are as old as labels take to come
 * @param matureLabelled those of them that are labelled
 * @param matureScores the sum of their scores
 * @param lag from prediction to label, of those that come at all
 * @param lagRight the same of labels that say right, as they came: nobody knows of those that did not
 * @param lagWrong the same of the others
 * @param audit of labels that are asked for by lot
 * @param coverageByOutcome where the audit tells it
 */
public record LabelFigures(
        long received,
        long late,
        long corrected,
        long expired,
        Optional<Long> predicted,
        long mature,
        long matureLabelled,
        double matureScores,
        Lag lag,
        Lag lagRight,
        Lag lagWrong,
        Audit audit,
        Optional<ByOutcome> coverageByOutcome) {
    /** Quantiles, in milliseconds, NaN without labels; and of how many labels. */
    public record Lag(double p50Millis, double p95Millis, long count) {}

    /**
     * Labels that are asked for by lot.
     *
     * @param asked how many were
     * @param labelled scores of those that came
     */
    public record Audit(long asked, Counts labelled) {
        /** Part of them that came, NaN where none was asked for. */
        public double coverage() {
            return asked == 0 ? Double.NaN : Math.min(1, (double) labelled.labels() / asked);
        }
    }

    /** Part of the right, and of the wrong answers, that is labelled without being asked for. */
    public record ByOutcome(double right, double wrong) {}

    /** Part of the mature predictions that is labelled, NaN where there are none. */
    public double coverage() {
        return mature == 0 ? Double.NaN : (double) matureLabelled / mature;
    }

    /** Where the accuracy of all mature predictions lies, whatever the missing labels would say. */
    public Optional<Interval> bounds() {
        return mature == 0 ? Optional.empty() : Optional.of(WorstCase.of(matureScores, matureLabelled, mature));
    }
}
