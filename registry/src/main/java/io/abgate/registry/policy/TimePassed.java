package io.abgate.registry.policy;

import java.time.Instant;

/**
 * Labels that waited for their turn have it, although no other label has come since.
 *
 * @param atMillis the time, since 1970
 */
public record TimePassed(long atMillis) implements Change {
    /** Of its events. */
    public static final String TYPE = "TIME_PASSED";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        return "Labels that waited for their turn count, as of " + Instant.ofEpochMilli(atMillis) + ".";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.advance(atMillis);
    }
}
