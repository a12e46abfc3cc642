package io.abgate.registry.policy;

import io.abgate.registry.policy.Degradation.Kind;

/**
 * Something is wrong with a model. Once more for the same alert, then with {@code told}, when a cool-down that held it
 * back is over and it still has not recovered.
 *
 * @param version that is champion; 0 for none
 * @param value what was measured, in the limit's unit; NaN where it is in {@code says} alone
 * @param limit that it exceeds; NaN where there is none
 * @param says one clause for a person
 * @param sinceMillis since when
 * @param atMillis when this was found
 * @param told whether people are told, or a cool-down holds that back
 */
public record AlertRaised(
        Kind kind, int version, double value, double limit, String says, long sinceMillis, long atMillis, boolean told)
        implements Change {
    /** Type of its events. */
    public static final String TYPE = "ALERT_RAISED";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        return "ALERT " + kind + (version == 0 ? "" : " of version " + version) + ": " + says
                + (Double.isNaN(limit) || !kind.isOfCheck() ? "" : " (limit " + limit + ")")
                + (sinceMillis < atMillis ? ", for " + (atMillis - sinceMillis) / 1_000 + " s by now" : "")
                + (told ? "." : "; back so soon that nobody is told yet.");
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.state().monitoring().raised(new Alert(kind, version, value, limit, says, sinceMillis, told));
    }
}
