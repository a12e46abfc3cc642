package io.abgate.registry;

import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.ModelFold;
import org.jspecify.annotations.Nullable;

/**
 * One gateway node sent all of a model's traffic to one version, by itself, or does so no more; what is split and
 * learned elsewhere does not change.
 *
 * @param id of the override
 * @param node that did it
 * @param from when it began, such as {@code 2026-01-31T12:00:00Z}
 * @param until when it ends by itself
 * @param ended when it came to its end; null while it has not
 * @param reason one clause for a person
 */
record Overridden(
        String id,
        String node,
        int version,
        String from,
        String until,
        @Nullable String ended,
        String reason) implements Change {
    static final String BEGAN = "OVERRIDDEN";
    static final String ENDED = "OVERRIDE_ENDED";

    @Override
    public String type() {
        return ended == null ? BEGAN : ENDED;
    }

    @Override
    public String summary() {
        return ended == null
                ? "Node " + node + " answers with version " + version + " alone until " + until + ": " + reason + "."
                : "Node " + node + " splits traffic again since " + ended + ": " + reason + ".";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        // nobody's stage, share or evidence
    }
}
