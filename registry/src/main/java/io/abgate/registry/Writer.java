package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.store.StoreException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that owns the registry's state and writes to the store, behind a bounded queue. */
final class Writer {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final long STOP_SECONDS = 2;

    private final Context context;
    private final ThreadPoolExecutor thread;

    Writer(Vertx vertx, int tasks) {
        this.context = vertx.getOrCreateContext();
        this.thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(tasks), work -> {
            Thread writer = new Thread(work, "abgate-writer");
            writer.setDaemon(true);
            return writer;
        });
    }

    /** Runs work on the writer thread; the future completes on the context that made this writer. */
    <T> Future<T> submit(Callable<T> work) {
        Promise<T> promise = Promise.promise();
        try {
            thread.execute(() -> run(work, promise));
        } catch (RejectedExecutionException e) {
            promise.fail(Failure.UNAVAILABLE.because("the registry's write queue is full or closed"));
        }
        return promise.future();
    }

    private <T> void run(Callable<T> work, Promise<T> promise) {
        try {
            T result = work.call();
            context.runOnContext(done -> promise.complete(result));
        } catch (StoreException e) {
            context.runOnContext(done -> promise.fail(Failure.UNAVAILABLE.because(String.valueOf(e.getMessage()))));
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
            context.runOnContext(done -> promise.fail(e));
        }
    }

    /** Ends after the work that is queued; blocks for a bounded time. */
    void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the writer did not end within {} s", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
