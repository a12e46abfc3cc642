package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One time of leading, from the opening of the store until it is closed: nothing is done after its end. */
final class Term {
    private static final Logger LOG = LoggerFactory.getLogger(Term.class);
    /** Another may lead when a lease has not been renewed for so long. */
    private static final Duration LEASE = Duration.ofSeconds(5);

    private final Context context;
    private final Writer writer;
    private final Pen pen;
    private Consumer<String> whenDeposed = reason -> {};
    private Runnable beforeEnd = () -> {};
    private final String storeId;
    private volatile boolean over;

    Term(Context context, Writer writer, Pen pen) {
        this.context = context;
        this.writer = writer;
        this.pen = pen;
        this.storeId = pen.store().storeId();
    }

    String storeId() {
        return storeId;
    }

    /** That of the verticle, where its callers are answered. */
    Context context() {
        return context;
    }

    Pen pen() {
        return pen;
    }

    /** What is to be done, on the verticle's context, when a write has found that another leads. */
    void whenDeposed(Consumer<String> stepDown) {
        whenDeposed = stepDown;
    }

    /** What is still to be written when this one ends it, and no other has taken over. */
    void beforeEnd(Runnable last) {
        beforeEnd = last;
    }

    /** Does something on the writer thread; UNAVAILABLE after the end. */
    <T> Future<T> submit(Callable<T> work) {
        return writer.submit(() -> run(work));
    }

    private <T> T run(Callable<T> work) throws Exception {
        if (over) {
            throw Failure.UNAVAILABLE.because("this registry does not lead any more");
        }
        settleDoubt();
        try {
            return work.call();
        } finally {
            if (pen.isDeposed() && !over) {
                end();
                context.runOnContext(done -> whenDeposed.accept("another registry has taken the lease"));
            }
        }
    }

    /** As long as the store cannot say what became of a write, what was known before is read and nothing is written. */
    private void settleDoubt() {
        try {
            pen.settleDoubt();
        } catch (RuntimeException e) {
            LOG.warn("what became of a failed write is not known yet: {}", e.getMessage());
        }
    }

    /** Whether nothing is done any more. */
    boolean isOver() {
        return over;
    }

    /** Keeps the lease, where there is one to keep. */
    Future<Boolean> renew() {
        if (!pen.store().isShared()) {
            return Future.succeededFuture(true);
        }
        return submit(() -> {
            pen.renew();
            return true;
        });
    }

    /** Whether another may lead by now without our knowing. */
    boolean isOverdue() {
        return pen.store().isShared() && pen.silentNanos() > LEASE.toNanos();
    }

    /** Closes the store; to be called on the writer thread. */
    void end() {
        if (!over) {
            over = true;
            try {
                if (!pen.isDeposed() && !isOverdue()) {
                    beforeEnd.run();
                }
            } finally {
                pen.store().close();
            }
        }
    }
}
