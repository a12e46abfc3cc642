package io.abgate.model.evaluation;

import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.Evaluation.ClassCount;
import io.abgate.registry.domain.Score;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts by class while rows come in. */
final class Tally {
    /** No label was predicted. */
    static final int NONE = -1;

    private static final Score NO_ROWS = new Score(0, 0);

    private final List<String> labels;
    private final Map<String, Score> scores = new LinkedHashMap<>();
    private final BitSet predicted = new BitSet();
    private boolean finite = true;

    Tally(List<String> labels) {
        this.labels = labels;
        labels.forEach(label -> scores.put(label, NO_ROWS));
    }

    void add(String truth, int predictedIndex) {
        boolean right = predictedIndex != NONE && labels.get(predictedIndex).equals(truth);
        if (predictedIndex != NONE) {
            predicted.set(predictedIndex);
        }
        scores.merge(truth, new Score(right ? 1 : 0, 1), Tally::sum);
    }

    void sawNonFinite() {
        finite = false;
    }

    private static Score sum(Score one, Score other) {
        return new Score(one.right() + other.right(), one.rows() + other.rows());
    }

    Evaluation evaluation() {
        List<ClassCount> classes = scores.entrySet().stream()
                .map(entry -> new ClassCount(entry.getKey(), entry.getValue()))
                .toList();
        return new Evaluation(classes, predicted.cardinality(), finite);
    }
}
