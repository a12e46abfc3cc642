package io.abgate.registry.policy;

import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.Score;

/** A champion was measured for the first time since it was promoted: later checks are held against that. */
public record BaselineTaken(int version, Measurement measurement) implements Change {
    /** Whether a version answers more rows right than by always saying one label of so many. */
    public static boolean isUsable(Measurement measurement, int labels) {
        Score score = measurement.score();
        return (long) score.right() * labels > score.rows();
    }

    @Override
    public String type() {
        return "BASELINE_TAKEN";
    }

    @Override
    public String summary() {
        Score score = measurement.score();
        return "Version " + version + " is held against " + score.right() + " of " + score.rows()
                + " evaluation rows right from now on.";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.state().monitoring().baseline(this);
    }
}
