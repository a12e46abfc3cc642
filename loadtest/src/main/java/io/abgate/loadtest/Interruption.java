package io.abgate.loadtest;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a run end by itself on Ctrl-C: asks it to stop and gives it time to say what it measured. */
final class Interruption {
    private static final long PATIENCE_SECONDS = 15;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    Interruption(Runnable stop) {
        hook = new Thread(
                () -> {
                    stop.run();
                    awaitEnd();
                },
                "ctrl-c");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Says that all is said. */
    void end() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending already, which is what the hook is for
        }
    }

    private void awaitEnd() {
        try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
