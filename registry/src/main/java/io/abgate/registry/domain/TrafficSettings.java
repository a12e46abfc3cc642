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
}
