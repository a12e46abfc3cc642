package io.abgate.model.worker;

import io.abgate.model.training.Progress;
import io.abgate.registry.contract.JobProgress;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells the registry how far a job is: the first pass, the last, and no more than one in 100 ms between them. */
final class ProgressReports implements Progress {
    private static final long PERIOD_NANOS = 100_000_000;

    private final long job;
    private final Consumer<JobProgress> send;
    private final LongSupplier nanoClock;
    private final BooleanSupplier stopped;
    private boolean first = true;
    private long firstNanos;
    private long lastNanos;

    /**
     * Reports on one job.
     *
     * @param stopped whether the job is to end without an outcome
     */
    ProgressReports(long job, Consumer<JobProgress> send, LongSupplier nanoClock, BooleanSupplier stopped) {
        this.job = job;
        this.send = send;
        this.nanoClock = nanoClock;
        this.stopped = stopped;
    }

    @Override
    public void passed(int epoch, int epochs, double loss) {
        if (stopped.getAsBoolean()) {
            throw new CancellationException("the worker stops");
        }
        long now = nanoClock.getAsLong();
        firstNanos = first ? now : firstNanos;
        if (first || epoch == epochs || now - lastNanos >= PERIOD_NANOS) {
            first = false;
            lastNanos = now;
            send.accept(new JobProgress(job, epoch, epochs, loss, etaSeconds(now, epoch, epochs)));
        }
    }

    /** At the rate since the first pass, which took longer than others; of that there is none yet. */
    private double etaSeconds(long now, int epoch, int epochs) {
        double secondsAPass = (double) (now - firstNanos) / TimeUnit.SECONDS.toNanos(1) / (epoch - 1);
        return epoch == epochs ? 0 : secondsAPass * (epochs - epoch);
    }
}
