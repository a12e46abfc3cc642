package io.abgate.registry.policy;

import java.util.Map;

/**
 * What would be done about a version if its model did not run dry; told once, until it is another verdict.
 *
 * @param kind PROMOTE or ROLL_BACK
 * @param reason one clause for a person
 * @param figures that the reason rests on
 */
public record DryVerdict(Verdict.Kind kind, int version, String reason, Map<String, Object> figures) implements Change {
    /** Type of its events. */
    public static final String TYPE = "VERDICT_DRY";

    public DryVerdict {
        figures = Map.copyOf(figures);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        return "Dry run: would " + (kind == Verdict.Kind.PROMOTE ? "promote" : "roll back") + " version " + version
                + ": " + reason + ".";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.state().supervision().told(this);
    }
}
