package io.abgate.gateway.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets work end by itself on Ctrl-C: asks it to stop and gives it a little time to say how far it came. */
public final class Interruption {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Duration patience;
    private final Thread hook;

    /**
     * From now on, until {@link #end}.
     *
     * @param stop asks the work to end
     * @param patience how long the process waits for that
     */
    public Interruption(Runnable stop, Duration patience) {
        this.patience = patience;
        hook = new Thread(
                () -> {
                    stop.run();
                    awaitEnd();
                },
                "ctrl-c");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Says that the work has ended. */
    public void end() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending already, which is what the hook is for
        }
    }

    private void awaitEnd() {
        try {
            ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
