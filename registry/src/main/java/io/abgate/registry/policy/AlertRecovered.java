package io.abgate.registry.policy;

import io.abgate.registry.policy.Degradation.Kind;

/**
 * An alert is over.
 *
 * @param version that was champion when it was raised; 0 for none
 * @param value what was measured when it was raised, as there
 * @param limit as there
 * @param sinceMillis when it was raised
 * @param atMillis when it ended
 * @param reason one clause for a person
 * @param told whether people are told: as they were of the alert
 */
public record AlertRecovered(
        Kind kind,
        int version,
        double value,
        double limit,
        long sinceMillis,
        long atMillis,
        String reason,
        boolean told)
        implements Change {
    /** Type of its events. */
    public static final String TYPE = "ALERT_RECOVERED";

    /** An alert that ends now. */
    static AlertRecovered of(Alert alert, long nowMillis, String reason) {
        return new AlertRecovered(
                alert.kind(),
                alert.version(),
                alert.value(),
                alert.limit(),
                alert.sinceMillis(),
                nowMillis,
                reason,
                alert.told());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        return "Alert " + kind + (version == 0 ? "" : " of version " + version) + " is over after " + lastedSeconds()
                + " s: " + reason + ".";
    }

    /** How long it was there; 0 if the clock was set back meanwhile. */
    public long lastedSeconds() {
        return Math.max(0, atMillis - sinceMillis) / 1_000;
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.state().monitoring().recovered(this);
    }
}
