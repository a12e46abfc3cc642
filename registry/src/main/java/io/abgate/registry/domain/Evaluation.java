package io.abgate.registry.domain;

import java.util.List;

/**
 * Whole counts of one version on one set of rows.
 *
 * @param classes counts by truth, in the order of the version's labels; truths that are no label come last
 * @param predictedClasses how many different labels the version predicted
 * @param finite whether every probability was a finite number
 */
public record Evaluation(List<ClassCount> classes, int predictedClasses, boolean finite) {
    public Evaluation {
        classes = List.copyOf(classes);
    }

    /** Counts of the rows whose truth is {@code label}. */
    public record ClassCount(String label, Score score) {}

    /** Counts over all rows. */
    public Score score() {
        int right = classes.stream().mapToInt(c -> c.score().right()).sum();
        return new Score(right, classes.stream().mapToInt(c -> c.score().rows()).sum());
    }

    /** Mean over the classes that have rows of the share answered right, NaN when there are no rows. */
    public double balancedAccuracy() {
        return classes.stream()
                .filter(c -> c.score().rows() > 0)
                .mapToDouble(c -> c.score().accuracy())
                .average()
                .orElse(Double.NaN);
    }
}
