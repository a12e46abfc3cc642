package io.abgate.model.evaluation;

import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.Evaluation.ClassCount;
import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.Score;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts and sums while rows come in. */
final class Tally {
    private static final Score NO_ROWS = new Score(0, 0);

    private final List<String> labels;
    private final Map<String, Score> scores = new LinkedHashMap<>();
    private final BitSet predicted = new BitSet();
    private final Calibration calibration = new Calibration();
    private final LatencyTally latency = new LatencyTally();
    private int errors;
    private boolean finite = true;

    Tally(List<String> labels) {
        this.labels = labels;
        labels.forEach(label -> scores.put(label, NO_ROWS));
    }

    /** A row was answered. */
    void add(String truth, int predictedIndex, double[] probabilities, long nanos) {
        boolean right = labels.get(predictedIndex).equals(truth);
        predicted.set(predictedIndex);
        calibration.add(probabilities, predictedIndex, labels.indexOf(truth));
        latency.add(nanos);
        scores.merge(truth, new Score(right ? 1 : 0, 1), Tally::sum);
    }

    /** A row was not answered. */
    void addError(String truth) {
        errors++;
        scores.merge(truth, new Score(0, 1), Tally::sum);
    }

    void sawNonFinite() {
        finite = false;
    }

    private static Score sum(Score one, Score other) {
        return new Score(one.right() + other.right(), one.rows() + other.rows());
    }

    Measurement measurement() {
        List<ClassCount> classes = scores.entrySet().stream()
                .map(entry -> new ClassCount(entry.getKey(), entry.getValue()))
                .toList();
        return new Measurement(
                new Evaluation(classes, predicted.cardinality(), finite),
                errors,
                calibration.meanConfidence(),
                calibration.brier(),
                calibration.error(),
                latency.latency());
    }
}
