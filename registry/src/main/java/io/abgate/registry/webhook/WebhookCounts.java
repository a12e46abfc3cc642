package io.abgate.registry.webhook;

import java.util.concurrent.atomic.LongAdder;

/** What became of messages and attempts since this process started. Safe for all threads. */
public final class WebhookCounts {
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failedAttempts = new LongAdder();
    private final LongAdder givenUp = new LongAdder();

    void deliveredOne() {
        delivered.increment();
    }

    void failedOnce() {
        failedAttempts.increment();
    }

    /** Messages that will never be delivered. */
    public void gaveUp(long messages) {
        givenUp.add(messages);
    }

    /** Messages that the receiver has taken. */
    public double delivered() {
        return delivered.sum();
    }

    /** Attempts that the receiver did not take. */
    public double failedAttempts() {
        return failedAttempts.sum();
    }

    /** Messages that were never delivered. */
    public double givenUp() {
        return givenUp.sum();
    }
}
