package io.abgate.model;

import io.abgate.registry.domain.Tensor;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** Runs a model until the just-in-time compiler has seen it, then measures what one row costs. */
final class WarmUp {
    private static final int PREDICTIONS = 20_000;
    private static final long WARM_NANOS = 150_000_000;
    private static final int TIMED = 101;
    private static final long TIMED_NANOS = 50_000_000;

    private final ModelRuntime runtime;
    private final Tensor probe;
    private final LongSupplier nanoClock;

    WarmUp(ModelRuntime runtime, Tensor probe, LongSupplier nanoClock) {
        this.runtime = runtime;
        this.probe = probe;
        this.nanoClock = nanoClock;
    }

    /** Nanoseconds of one row: the median, which no pause of the collector moves. */
    long rowNanos() {
        run(PREDICTIONS, WARM_NANOS);
        long[] times = run(TIMED, TIMED_NANOS);
        Arrays.sort(times);
        return times[times.length / 2];
    }

    /** At least one prediction, then more until there are enough or the time is up. */
    private long[] run(int predictions, long nanos) {
        long[] times = new long[predictions];
        long start = nanoClock.getAsLong();
        long before = start;
        int done = 0;
        while (done < predictions && (done == 0 || before - start < nanos)) {
            runtime.predict(probe);
            long after = nanoClock.getAsLong();
            times[done++] = after - before;
            before = after;
        }
        return Arrays.copyOf(times, done);
    }
}
