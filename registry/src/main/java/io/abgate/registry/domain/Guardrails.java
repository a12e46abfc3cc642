package io.abgate.registry.domain;

/**
 * By how much more often something bad may happen to a new version's requests than to its control's at the same time.
 *
 * @param errors margin of requests that the version did not answer; 0 is no such guardrail
 * @param slow margin of slow requests; 0 is no such guardrail
 * @param slowMillis above which a request is slow
 */
public record Guardrails(double errors, double slow, int slowMillis) {
    /** Margin of errors where nothing is said. */
    public static final double ERRORS = .01;
    /** Margin of slow requests where nothing is said. */
    public static final double SLOW = .05;
    /** Part of a version's false-rollback budget that each guardrail takes. */
    public static final double STAKE = .1;
    /** No guardrails. */
    public static final Guardrails NONE = new Guardrails(0, 0, 1_000);

    public Guardrails {
        margin(errors, "errors");
        margin(slow, "slow");
        Check.that(slowMillis > 0, "rollout.guardrails.slowMillis", slowMillis, "a number from 1");
    }

    private static void margin(double margin, String name) {
        Check.that(margin >= 0 && margin < 1, "rollout.guardrails." + name, margin, "a number in [0, 1); 0 is off");
    }

    /** Those of a model that says nothing of them and answers within so many milliseconds. */
    public static Guardrails within(int deadlineMillis) {
        return new Guardrails(ERRORS, SLOW, slowMillis(deadlineMillis));
    }

    /** What is slow where nothing is said: half the time that a version has. */
    public static int slowMillis(int deadlineMillis) {
        return Math.max(1, deadlineMillis / 2);
    }

    /** Part of a version's false-rollback budget that they leave to what labels say. */
    public double budgetLeft() {
        return 1 - STAKE * ((errors > 0 ? 1 : 0) + (slow > 0 ? 1 : 0));
    }
}
