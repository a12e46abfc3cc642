package io.abgate.registry.policy;

/**
 * What was told of a version, or waited for approval, no longer follows from the evidence.
 *
 * @param version which
 */
public record VerdictLapsed(int version) implements Change {
    /** Type of its events. */
    public static final String TYPE = "VERDICT_LAPSED";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        return "The verdict on version " + version + " no longer follows from what is known.";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.state().supervision().lapsed(version);
    }
}
