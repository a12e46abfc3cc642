package io.abgate.gateway.security;

import io.abgate.registry.domain.PredictionId;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The nonces of a process: 32 random bits drawn at its start, then a counter of 32 bits. One per process. */
public final class NonceSource {
    private final long process;
    private final AtomicInteger counter = new AtomicInteger();

    public NonceSource() {
        this(new SecureRandom().nextInt());
    }

    NonceSource(int process) {
        this.process = (long) process << Integer.SIZE;
    }

    /** The half that all of its nonces have in common, see {@link PredictionId#process()}. */
    public long process() {
        return PredictionId.process(process);
    }

    /** A nonce that this process has not given within its last 2³² ones. */
    public long next() {
        return process | Integer.toUnsignedLong(counter.getAndIncrement());
    }
}
