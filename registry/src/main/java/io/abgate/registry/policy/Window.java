package io.abgate.registry.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest scores of one version, and what its first ones came to. */
final class Window {
    private final int labels;
    private final Deque<Double> scores = new ArrayDeque<>();
    private double sum;
    private double first = Double.NaN;

    Window(int labels) {
        this.labels = labels;
    }

    void add(double score) {
        scores.addLast(score);
        sum += score;
        if (scores.size() > labels) {
            sum -= scores.removeFirst();
        }
        if (isFull() && Double.isNaN(first)) {
            first = sum;
        }
    }

    int size() {
        return scores.size();
    }

    boolean isFull() {
        return scores.size() == labels;
    }

    /** Of the newest scores. */
    double sum() {
        return sum;
    }

    /** Sum of the first scores; NaN before there are as many. */
    double first() {
        return first;
    }

    /** Mean of the newest scores. */
    double accuracy() {
        return sum / scores.size();
    }

    ModelSnapshot.Window snapshot(int version) {
        return new ModelSnapshot.Window(version, List.copyOf(scores), sum, first);
    }

    static Window restored(int labels, ModelSnapshot.Window snapshot) {
        Window window = new Window(labels);
        window.scores.addAll(snapshot.scores());
        window.sum = snapshot.sum();
        window.first = snapshot.first();
        return window;
    }
}
