package io.abgate.model.evaluation;

/**
 * How well a model's probabilities fit what was true: mean confidence, Brier score, and expected calibration error in ten
 * bins; see {@link io.abgate.registry.domain.Measurement} for what each is. All are NaN without rows.
 */
final class Calibration {
    private static final int BINS = 10;

    private final double[] confidences = new double[BINS];
    private final int[] right = new int[BINS];
    private final int[] rows = new int[BINS];
    private double squares;
    private int count;

    /** One answered row; the truth is below 0 when it is no label. */
    void add(double[] probabilities, int predicted, int truth) {
        double confidence = probabilities[predicted];
        int bin = Math.min(BINS - 1, (int) (confidence * BINS));
        confidences[bin] += confidence;
        right[bin] += predicted == truth ? 1 : 0;
        rows[bin]++;
        count++;
        squares += distance(probabilities, truth);
    }

    /** Squared distance to the truth; one that is no label has a probability of its own, which nothing was given. */
    private static double distance(double[] probabilities, int truth) {
        double sum = truth < 0 ? 1 : 0;
        for (int label = 0; label < probabilities.length; label++) {
            double off = probabilities[label] - (label == truth ? 1 : 0);
            sum += off * off;
        }
        return sum;
    }

    double meanConfidence() {
        double sum = 0;
        for (double confidence : confidences) {
            sum += confidence;
        }
        return sum / count;
    }

    double brier() {
        return squares / count;
    }

    double error() {
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            sum += Math.abs(confidences[bin] - right[bin]);
        }
        return sum / count;
    }
}
