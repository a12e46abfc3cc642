package io.abgate.registry.policy.labels;

import java.util.Comparator;

/**
 * Who made predictions.
 *
 * @param process that gave their ids, {@link #ANY} where it does not matter any more
 * @param version that the split assigned them to
 */
record Maker(long process, int version) implements Comparable<Maker> {
    static final long ANY = -1;

    private static final Comparator<Maker> ORDER =
            Comparator.comparingLong(Maker::process).thenComparingInt(Maker::version);

    Maker whoever() {
        return new Maker(ANY, version);
    }

    @Override
    public int compareTo(Maker other) {
        return ORDER.compare(this, other);
    }
}
