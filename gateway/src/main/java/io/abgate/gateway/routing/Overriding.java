package io.abgate.gateway.routing;

import org.jspecify.annotations.Nullable;

/**
 * An operator's word that one version answers all live traffic of a model at this gateway, for a while. Times are
 * milliseconds since 1970.
 *
 * @param id unique
 * @param node that was told
 * @param from when it began
 * @param until when it ends by itself
 * @param reason in the operator's words
 * @param ended when it came to its end; null while it runs
 * @param toldBegan whether a registry knows that it began
 * @param toldEnded whether a registry knows that it ended
 */
public record Overriding(
        String id,
        String model,
        String node,
        int version,
        long from,
        long until,
        String reason,
        @Nullable Long ended,
        boolean toldBegan,
        boolean toldEnded) {
    /** Whether it has not come to its end. */
    public boolean runs() {
        return ended == null;
    }

    Overriding endedAt(long millis) {
        return new Overriding(
                id, model, node, version, from, until, reason, Math.min(millis, until), toldBegan, toldEnded);
    }

    /** The same after a registry took its next notice: of its beginning first, then of its end. */
    Overriding told() {
        return new Overriding(id, model, node, version, from, until, reason, ended, true, toldBegan);
    }

    /** Whether a registry has yet to hear of it. */
    boolean isUntold() {
        return !toldBegan || (ended != null && !toldEnded);
    }
}
