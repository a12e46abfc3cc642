package io.abgate.gateway.security;

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

    /** A nonce that this process has not given within its last 2³² ones. */
    public long next() {
        return process | Integer.toUnsignedLong(counter.getAndIncrement());
    }
}
