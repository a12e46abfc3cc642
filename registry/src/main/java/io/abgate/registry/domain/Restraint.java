package io.abgate.registry.domain;

/**
 * What keeps trainings that nobody ordered within bounds.
 *
 * @param coolDownSeconds after the end of one before the next may begin; 0 is none
 * @param failuresInARow so many that ended REJECTED or FAILED one after another leave the model to a person; 0 is never
 * @param perDay so many within 24 hours are all there are before the model is left to a person; 0 is any number
 * @param approval whether a person is asked each time
 */
public record Restraint(int coolDownSeconds, int failuresInARow, int perDay, Approval approval) {
    /** As in a model's file that says nothing of it. */
    public static final Restraint DEFAULT = new Restraint(0, 3, 0, Approval.AUTOMATIC);

    /** Who starts what a trigger asks for. */
    public enum Approval {
        /** It starts by itself. */
        AUTOMATIC,
        /** It waits for an operator. */
        MANUAL
    }

    public Restraint {
        Check.that(coolDownSeconds >= 0, "training.coolDownSeconds", coolDownSeconds, "a number from 0 (none)");
        Check.that(failuresInARow >= 0, "training.failuresInARow", failuresInARow, "a number from 0 (never)");
        Check.that(perDay >= 0 && perDay <= 1_000, "training.perDay", perDay, "a number from 0 (any) to 1000");
    }
}
