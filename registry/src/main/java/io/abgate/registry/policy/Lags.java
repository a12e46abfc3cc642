package io.abgate.registry.policy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long labels take to come, in ledger order: a histogram whose bins are an eighth of a power of two wide, so that a
 * quantile is at most an eighth too long and the state stays small.
 */
public final class Lags {
    private static final int ENOUGH = 200;
    private static final int OF_A_HUNDRED = 95;
    private static final int FINE_BITS = 3;

    private final TreeMap<Long, Long> counts = new TreeMap<>();
    private long labels;

    /**
     * Labels of one bin.
     *
     * @param mostMillis the longest lag that is in it
     */
    public record Bin(long mostMillis, long labels) {}

    /** One more label, so long after its prediction; none is there before it. */
    void add(long lagMillis) {
        counts.merge(most(Math.max(lagMillis, 0)), 1L, Long::sum);
        labels++;
    }

    /** The end of a lag's bin: the lag with all bits below its first four set. */
    private static long most(long lagMillis) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(lagMillis);
        return lagMillis | ((1L << Math.max(0, bits - FINE_BITS - 1)) - 1);
    }

    /**
     * How long to wait for labels where nobody has said so: the lag that 95 % of them do not exceed, in milliseconds; 0,
     * which takes them as they come, below 200 of them.
     */
    long maturityMillis() {
        long least = (OF_A_HUNDRED * labels + 99) / 100;
        long below = 0;
        for (Map.Entry<Long, Long> bin : counts.entrySet()) {
            below += bin.getValue();
            if (labels >= ENOUGH && below >= least) {
                return bin.getKey();
            }
        }
        return 0;
    }

    List<Bin> snapshot() {
        return counts.entrySet().stream()
                .map(bin -> new Bin(bin.getKey(), bin.getValue()))
                .toList();
    }

    static Lags restored(List<Bin> bins) {
        Lags lags = new Lags();
        bins.forEach(bin -> {
            lags.counts.put(bin.mostMillis(), bin.labels());
            lags.labels += bin.labels();
        });
        return lags;
    }
}
