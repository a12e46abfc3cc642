package io.abgate.registry.domain;

/**
 * What is made of the requests that gateways count.
 *
 * @param everySeconds between two entries of the ledger at least, while two versions are compared
 * @param actions that follow when the evidence is against a version
 */
public record TrafficSettings(int everySeconds, Guardrails guardrails, TriggerActions actions) {
    /** Between entries where nothing is said. */
    public static final int EVERY_SECONDS = 5;
    /** Between entries while nothing is compared. */
    public static final int QUIET_SECONDS = 10;

    private static final int SLACK_SECONDS = 120;
    /** Without guardrails. */
    public static final TrafficSettings PLAIN =
            new TrafficSettings(EVERY_SECONDS, Guardrails.NONE, TriggerActions.DEFAULT);

    public TrafficSettings {
        Check.that(
                everySeconds > 0 && everySeconds <= 3_600,
                "rollout.trafficSeconds",
                everySeconds,
                "a number from 1 to 3600");
    }

    /** When what a gateway counted is in the ledger, after it was: it waits for a batch under way, and then for its own turn. */
    public int reachSeconds() {
        return 2 * Math.max(everySeconds, QUIET_SECONDS) + SLACK_SECONDS;
    }
}
