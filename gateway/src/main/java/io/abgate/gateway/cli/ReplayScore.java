package io.abgate.gateway.cli;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Counts how right the served predictions were, over all and of late; for one thread. */
final class ReplayScore {
    /** How many predictions count as late ones. */
    static final int RECENT = 200;

    private final NavigableMap<String, Count> versions = new TreeMap<>(ReplayScore::byNumber);
    private final Deque<Played> recent = new ArrayDeque<>();
    private int failed;

    /** Predictions, and how many of them were right. */
    record Count(int rows, int right) {
        private static final Count NONE = new Count(0, 0);

        double accuracy() {
            return rows == 0 ? Double.NaN : (double) right / rows;
        }

        private Count plus(Count other) {
            return new Count(rows + other.rows, right + other.right);
        }
    }

    private record Played(String version, Count count) {}

    void add(String version, boolean isRight) {
        Count one = new Count(1, isRight ? 1 : 0);
        versions.merge(version, one, Count::plus);
        recent.add(new Played(version, one));
        if (recent.size() > RECENT) {
            recent.remove();
        }
    }

    void addFailure() {
        failed++;
    }

    int failed() {
        return failed;
    }

    Count all() {
        return versions.values().stream().reduce(Count.NONE, Count::plus);
    }

    /** The last {@link #RECENT} predictions. */
    Count recent() {
        return recent.stream().map(Played::count).reduce(Count.NONE, Count::plus);
    }

    /** All predictions by version. */
    NavigableMap<String, Count> versions() {
        return Collections.unmodifiableNavigableMap(versions);
    }

    /** The last {@link #RECENT} predictions by version. */
    NavigableMap<String, Count> recentVersions() {
        NavigableMap<String, Count> counts = new TreeMap<>(ReplayScore::byNumber);
        recent.forEach(played -> counts.merge(played.version(), played.count(), Count::plus));
        return counts;
    }

    // numbers in text: the shorter is the smaller
    private static int byNumber(String left, String right) {
        return left.length() == right.length() ? left.compareTo(right) : Integer.compare(left.length(), right.length());
    }
}
