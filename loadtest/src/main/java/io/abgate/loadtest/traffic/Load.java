package io.abgate.loadtest.traffic;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.function.LongSupplier;

/** One run: a pacing thread says what is due, one event loop sends it and keeps what comes back. */
public final class Load {
    private static final long STATUS_MILLIS = 200;

    private final TrafficSettings settings;
    private final Progress progress;
    private final Vertx vertx;
    private final Sender sender;
    private final Promise<Boolean> paced = Promise.promise();
    private final Promise<Run> done = Promise.promise();
    private volatile boolean stopped;
    private volatile Pacer pacer;
    private long startNanos;
    private boolean isPacing;

    /** Prepares to send these requests; {@link #close} ends it. */
    public Load(TrafficSettings settings, List<Request> requests, Plan plan, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
        this.sender = new Sender(vertx, settings, requests, plan);
        this.pacer = new Pacer(() -> 0, 0, 0, batch -> {}, () -> {});
    }

    /**
     * Warms up, measures, and waits for the last answers and labels. Fails with whatever was thrown on the event loop:
     * requests that were not sent, or not counted, would be missing from the figures.
     */
    public Future<Run> run() {
        vertx.runOnContext(start -> start().onComplete(done::tryComplete, this::fail));
        return done.future();
    }

    private void fail(Throwable failure) {
        pacer.stop();
        // the pacing thread ends first, as it speaks to a loop that must still be there
        Future<Boolean> silence = isPacing ? paced.future() : Future.succeededFuture(true);
        silence.onComplete(end -> done.tryFail(failure));
    }

    private Future<Run> start() {
        Context loop = vertx.getOrCreateContext();
        loop.exceptionHandler(this::fail);
        long warmUp = settings.warmUp().toNanos();
        long total = warmUp + settings.duration().toNanos();
        startNanos = System.nanoTime();
        sender.start(startNanos + warmUp);
        LongSupplier offsets = settings.arrivals().offsets(settings.perSecond(), settings.seed());
        pacer = new Pacer(
                new WarmUp(settings.perSecond(), warmUp, offsets),
                startNanos,
                total,
                batch -> loop.runOnContext(now -> sender.send(batch, warmUp)),
                () -> loop.runOnContext(now -> paced.complete(true)));
        if (stopped) {
            pacer.stop();
        }
        Thread thread = new Thread(pacer, "pacer");
        thread.setDaemon(true);
        thread.start();
        isPacing = true;
        long timer = vertx.setPeriodic(STATUS_MILLIS, tick -> show(total));
        return paced.future().compose(end -> finish(timer, warmUp, total));
    }

    private Future<Run> finish(long timer, long warmUp, long total) {
        // the last arrival goes out before the time is up, and that time was measured too
        long end = stopped ? Math.min(System.nanoTime() - startNanos, total) : total;
        if (stopped) {
            sender.dropFeedback();
        }
        return sender.drained().map(feedback -> {
            vertx.cancelTimer(timer);
            return new Run(sender.observations(), feedback, Math.max(0, end - warmUp) / 1e9, stopped);
        });
    }

    private void show(long total) {
        long elapsed = System.nanoTime() - startNanos;
        progress.show(sender.status(
                Math.min(elapsed, total), total, elapsed < settings.warmUp().toNanos()));
    }

    /** Ends the run early, with what was measured so far; any thread may call this. */
    public void stop() {
        stopped = true;
        pacer.stop();
        vertx.runOnContext(now -> sender.dropFeedback());
    }

    /** Closes all connections. */
    public Future<Void> close() {
        return vertx.close();
    }
}
