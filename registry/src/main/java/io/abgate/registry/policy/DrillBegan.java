package io.abgate.registry.policy;

import io.abgate.registry.domain.Measurement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the champion was made worse on purpose. With a share of live traffic it is a canary, and the drill runs until
 * it is none any more, whoever ends that; without one it was measured and that was all.
 *
 * @param version the copy
 * @param of the champion
 * @param scale standard deviation of the noise on its weights
 * @param share of live traffic; 0 is none
 * @param untilMillis when it ends by itself, since 1970; 0 without a share
 * @param before what the copy is held against; null without rows to measure on
 * @param after of the copy; null without rows to measure on
 * @param findings alerts that a check of the copy would raise
 * @param asks why a check of the copy would ask for a retraining, if it would
 */
public record DrillBegan(
        int version,
        int of,
        double scale,
        long seed,
        double share,
        long untilMillis,
        @Nullable Measurement before,
        @Nullable Measurement after,
        List<Degradation.Finding> findings,
        @Nullable String asks,
        String reason)
        implements Change {
    /** The source of versions that drills make, and their tag. */
    public static final String DRILL = "drill";

    public DrillBegan {
        findings = List.copyOf(findings);
    }

    @Override
    public String type() {
        return "DRILLED";
    }

    @Override
    public String summary() {
        String measured = before == null || after == null
                ? ""
                : "; right on " + rows(after) + ", version " + of + " on " + rows(before);
        return "Version " + version + " is version " + of + " with noise of " + scale + " on its weights (seed " + seed
                + "), for a drill" + measured + ": " + reason + ".";
    }

    private static String rows(Measurement measured) {
        return measured.score().right() + " of " + measured.score().rows();
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.drill(this);
    }
}
