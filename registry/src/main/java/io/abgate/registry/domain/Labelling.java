package io.abgate.registry.domain;

import java.util.Optional;

/**
 * How labels are taken.
 *
 * @param keepDays a label for a prediction older than this is expired
 * @param maturitySeconds that labels take to come: a prediction's turn to count in an experiment is so long after
 *     it, and what comes later is for reporting only; 0 takes them as they come, which is right where their delay
 *     depends on nothing; {@link #MEASURED} takes what 95 % of labels took when the experiment starts
 * @param auditOneIn the label of one prediction in so many is asked for, by lot; 0 asks for none
 */
public record Labelling(int keepDays, double maturitySeconds, int auditOneIn) {
    /** Of a model that says nothing of how long labels take. */
    public static final double MEASURED = -1;
    /** Of a model that says nothing of labels to be asked for. */
    public static final int NO_AUDIT = 0;

    /** With a maturity that is measured, and no label is asked for. */
    public Labelling(int keepDays) {
        this(keepDays, MEASURED, NO_AUDIT);
    }

    public Labelling {
        Check.that(keepDays > 0, "labelling.keepDays", keepDays, "a number from 1");
        Check.that(
                maturitySeconds == MEASURED || (maturitySeconds >= 0 && maturitySeconds <= keepDays * 86_400.0),
                "labelling.maturitySeconds",
                maturitySeconds,
                "a number from 0, at most keepDays");
        Check.that(auditOneIn >= 0, "labelling.auditOneIn", auditOneIn, "a number from 0 (none)");
    }

    /** The maturity in milliseconds; empty where it is measured. */
    public Optional<Long> maturityMillis() {
        return maturitySeconds == MEASURED ? Optional.empty() : Optional.of(Math.round(maturitySeconds * 1_000));
    }
}
