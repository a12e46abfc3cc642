package io.abgate.gateway.health;

import io.abgate.registry.domain.ErrorRate;
import io.abgate.registry.domain.Health;
import io.abgate.registry.domain.Health.Lifetime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Makes one window of those of several contexts: the newest attempts of all by their time, so that the window of a
 * process is as long whatever its number of event loops.
 */
final class Windows {
    private final List<Recent> contexts;
    private int errors;
    private int attempts;
    private double confidenceSum;
    private final List<Long> latencyNanos = new ArrayList<>();

    private Windows(List<Recent> contexts) {
        this.contexts = contexts;
    }

    /** What all these contexts together say of a version. */
    static Health merged(List<Recent> contexts) {
        Windows windows = new Windows(contexts);
        windows.newest(Recent::attempts, Recent::attemptNanos, windows::attempt);
        windows.newest(Recent::answered, Recent::answeredNanos, windows::answer);
        Lifetime lifetime = contexts.stream().map(Recent::lifetime).reduce(Health.NONE.lifetime(), Lifetime::plus);
        ErrorRate window = new ErrorRate(windows.errors, windows.attempts);
        return new Health(lifetime, window, windows.confidenceSum, windows.latencyNanos);
    }

    private interface Times {
        long nanos(Recent recent, int back);
    }

    private interface Visit {
        void see(Recent recent, int back);
    }

    /** Walks back in time, from ring to ring. */
    private void newest(ToLongFunction<Recent> count, Times times, Visit visit) {
        int[] back = new int[contexts.size()];
        for (int seen = 0; seen < Health.WINDOW; seen++) {
            int next = -1;
            for (int i = 0; i < back.length; i++) {
                boolean isThere = back[i] < Math.min(Health.WINDOW, count.applyAsLong(contexts.get(i)));
                if (isThere && (next < 0 || isLater(times, i, next, back))) {
                    next = i;
                }
            }
            if (next < 0) {
                return;
            }
            visit.see(contexts.get(next), back[next]++);
        }
    }

    private boolean isLater(Times times, int one, int other, int[] back) {
        long nanos = times.nanos(contexts.get(one), back[one]);
        return nanos - times.nanos(contexts.get(other), back[other]) > 0; // such clocks may overflow
    }

    private void attempt(Recent recent, int back) {
        attempts++;
        errors += recent.failed(back) ? 1 : 0;
    }

    private void answer(Recent recent, int back) {
        confidenceSum += recent.confidence(back);
        latencyNanos.add(recent.latencyNanos(back));
    }
}
