package io.abgate.registry.policy.labels;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** How many labels came after which lag, in bins that widen by 9 % from one to the next, from a millisecond to 40 days. */
final class LagHistogram {
    private static final int BINS_PER_OCTAVE = 8;
    private static final int OCTAVES = 32;
    private static final long[] EDGES = edges();

    private final long[] counts = new long[EDGES.length];
    private long total;

    private static long[] edges() {
        long[] edges = new long[OCTAVES * BINS_PER_OCTAVE];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = (long) StrictMath.ceil(StrictMath.pow(2, (double) i / BINS_PER_OCTAVE));
        }
        return Arrays.stream(edges).distinct().toArray();
    }

    /** Longest lag of a bin, in milliseconds; that of the last stands for all longer ones. */
    static long edgeMillis(int bin) {
        return EDGES[bin];
    }

    static int bins() {
        return EDGES.length;
    }

    /** The first bin whose edge is no shorter than a lag. */
    static int bin(long lagMillis) {
        int place = Arrays.binarySearch(EDGES, lagMillis);
        return Math.min(place >= 0 ? place : -place - 1, EDGES.length - 1);
    }

    void add(long lagMillis) {
        counts[bin(lagMillis)]++;
        total++;
    }

    long count(int bin) {
        return counts[bin];
    }

    long total() {
        return total;
    }

    /** Lag that a part of these do not exceed, in milliseconds; empty below {@code least} of them. */
    OptionalLong quantileMillis(double part, int least) {
        if (total < least) {
            return OptionalLong.empty();
        }
        long wanted = (long) StrictMath.ceil(part * total);
        int bin = 0;
        for (long sum = counts[0]; sum < wanted; sum += counts[bin]) {
            bin++;
        }
        return OptionalLong.of(EDGES[bin]);
    }

    /** The counts up to the last bin that has any. */
    List<Long> snapshot() {
        int used = counts.length;
        while (used > 0 && counts[used - 1] == 0) {
            used--;
        }
        return Arrays.stream(counts, 0, used).boxed().toList();
    }

    static LagHistogram restored(List<Long> snapshot) {
        LagHistogram lags = new LagHistogram();
        for (int bin = 0; bin < snapshot.size(); bin++) {
            lags.counts[bin] = snapshot.get(bin);
            lags.total += snapshot.get(bin);
        }
        return lags;
    }
}
