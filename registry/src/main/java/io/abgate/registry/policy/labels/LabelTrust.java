package io.abgate.registry.policy.labels;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which labels may speak for a version. Where being labelled was found to depend on the answer's outcome or on who gave
 * it, only those do whose label was asked for by lot; all may still speak against one.
 *
 * <p>A dependence takes hundreds of labels to be found, and what they have proven by then may be wrong: a proof that is to
 * keep its error rate whatever labels depend on rests, from its first unit, on labels that were asked for alone. So who
 * promotes keeps two, one of all labels and one of those, and once a dependence is found goes by the second.
 */
public final class LabelTrust {
    /** Every label may. */
    static final LabelTrust ALL = new LabelTrust(null);

    private final @Nullable String dependence;

    LabelTrust(@Nullable String dependence) {
        this.dependence = dependence;
    }

    /** Whether a label may speak for a version, when its prediction was drawn for the audit, or was not. */
    public boolean promotes(boolean audited) {
        return audited || dependence == null;
    }

    /** What labels were found to depend on, as a clause for a person. */
    public Optional<String> dependence() {
        return Optional.ofNullable(dependence);
    }
}
