package io.abgate.loadtest.traffic;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** When requests arrive in an open model: at a rate, not when earlier ones are answered. */
public enum Arrivals {
    /** Evenly spaced. */
    CONSTANT {
        @Override
        public LongSupplier offsets(double perSecond, long seed) {
            return new LongSupplier() {
                private long count;

                @Override
                public long getAsLong() {
                    return (long) (count++ / perSecond * NANOS_A_SECOND);
                }
            };
        }
    },
    /** By chance, independently of each other: exponential gaps. */
    POISSON {
        @Override
        public LongSupplier offsets(double perSecond, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            return new LongSupplier() {
                private double seconds;

                @Override
                public long getAsLong() {
                    seconds -= Math.log(1 - random.nextDouble()) / perSecond;
                    return (long) (seconds * NANOS_A_SECOND);
                }
            };
        }
    };

    private static final double NANOS_A_SECOND = 1e9;

    /** Nanoseconds from the start to each arrival, one after the other, without end. */
    public abstract LongSupplier offsets(double perSecond, long seed);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
