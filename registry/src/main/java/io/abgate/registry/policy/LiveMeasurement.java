package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the truths of live requests say of one version besides how often it was right: by class, and how well its
 * confidence fitted. A request counts when the split assigned it to the version and its label is a truth, as a reward
 * names no class. One that another version answered is an error, and wrong.
 */
public final class LiveMeasurement {
    private static final int BINS = 10;

    private final List<String> labels;
    private final long[] rows;
    private final long[] right;
    private final double[] confidences = new double[BINS];
    private final long[] binRows = new long[BINS];
    private final long[] binRight = new long[BINS];
    private double squares;
    private long errors;

    /** Nothing yet, of a version with these labels; truths that are none of them are one class more. */
    LiveMeasurement(List<String> labels) {
        this.labels = labels;
        this.rows = new long[labels.size() + 1];
        this.right = new long[labels.size() + 1];
    }

    /** A label of a request that was assigned to the version. */
    void add(Outcome outcome) {
        if (outcome.truth() == null) {
            return;
        }
        int known = labels.indexOf(outcome.truth());
        int truth = known < 0 ? labels.size() : known;
        rows[truth]++;
        if (outcome.id().has(PredictionId.FALLBACK)) {
            errors++;
            return;
        }
        int isRight = outcome.score() == 1 ? 1 : 0;
        right[truth] += isRight;
        addConfidence(outcome.id().confidence(), isRight);
    }

    /** Whether labels that add up to this may be some of those that were added here. */
    boolean has(ModelSnapshot.Live part) {
        return part.errors() <= errors
                && isWithin(part.rows(), rows)
                && isWithin(part.right(), right)
                && isWithin(part.binRows(), binRows)
                && isWithin(part.binRight(), binRight);
    }

    private static boolean isWithin(List<Long> part, long[] counts) {
        return part.size() == counts.length
                && IntStream.range(0, counts.length).allMatch(i -> part.get(i) <= counts[i]);
    }

    /** Takes out some of the labels that were added, by what they add up to. */
    void remove(ModelSnapshot.Live part) {
        Arrays.setAll(rows, i -> rows[i] - part.rows().get(i));
        Arrays.setAll(right, i -> right[i] - part.right().get(i));
        Arrays.setAll(binRows, i -> binRows[i] - part.binRows().get(i));
        Arrays.setAll(binRight, i -> binRight[i] - part.binRight().get(i));
        Arrays.setAll(confidences, i -> left(confidences[i] - part.confidences().get(i), binRows[i]));
        errors -= part.errors();
        squares = left(squares - part.squares(), attempts() - errors);
    }

    /** A sum over so many rows of numbers in [0, 1], but for rounding. */
    private static double left(double difference, long rows) {
        return Math.max(0, Math.min((double) rows, difference));
    }

    private void addConfidence(double confidence, int isRight) {
        int bin = Math.max(0, Math.min(BINS - 1, (int) (confidence * BINS))); // whatever a ledger holds must fold
        confidences[bin] += confidence;
        binRows[bin]++;
        binRight[bin] += isRight;
        squares += (confidence - isRight) * (confidence - isRight);
    }

    /** Labelled requests. */
    public long attempts() {
        return Arrays.stream(rows).sum();
    }

    /** Those of them that another version had to answer. */
    public long errors() {
        return errors;
    }

    /** Those that the version answered right. */
    public long right() {
        return Arrays.stream(right).sum();
    }

    /** Mean over the classes that have labels of the share answered right; NaN without labels. */
    public double balancedAccuracy() {
        double sum = 0;
        int classes = 0;
        for (int truth = 0; truth < rows.length; truth++) {
            if (rows[truth] > 0) {
                sum += (double) right[truth] / rows[truth];
                classes++;
            }
        }
        return sum / classes;
    }

    /** Mean probability of the predicted label over the requests that it answered; NaN when there are none. */
    public double confidence() {
        return Arrays.stream(confidences).sum() / (attempts() - errors);
    }

    /**
     * Mean squared distance of that probability from 1 when it was right and from 0 when it was wrong, 0 to 1: the Brier
     * score of the one label that a prediction id tells of, not of all as on evaluation rows.
     */
    public double brier() {
        return squares / (attempts() - errors);
    }

    /** Expected calibration error in ten equally wide bins of confidence, as on evaluation rows. */
    public double calibrationError() {
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            sum += Math.abs(confidences[bin] - binRight[bin]);
        }
        return sum / (attempts() - errors);
    }

    ModelSnapshot.Live snapshot() {
        return new ModelSnapshot.Live(
                boxed(rows),
                boxed(right),
                Arrays.stream(confidences).boxed().toList(),
                boxed(binRows),
                boxed(binRight),
                squares,
                errors);
    }

    private static List<Long> boxed(long[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }

    static LiveMeasurement restored(List<String> labels, ModelSnapshot.Live snapshot) {
        LiveMeasurement restored = new LiveMeasurement(labels);
        Arrays.setAll(restored.rows, snapshot.rows()::get);
        Arrays.setAll(restored.right, snapshot.right()::get);
        Arrays.setAll(restored.confidences, snapshot.confidences()::get);
        Arrays.setAll(restored.binRows, snapshot.binRows()::get);
        Arrays.setAll(restored.binRight, snapshot.binRight()::get);
        restored.squares = snapshot.squares();
        restored.errors = snapshot.errors();
        return restored;
    }
}
