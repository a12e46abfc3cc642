package io.abgate.registry.policy;

import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Stage;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Versions moved to other stages.
 *
 * @param kind why
 * @param version that it is about
 * @param stages new stage of every version that moved
 * @param share of live traffic, for a canary
 * @param reason one clause for a person
 * @param figures that the reason rests on
 * @param pauses whether automatic promotion and retraining stop until resumed
 * @param byEvidence whether it is the evidence that moves a canary on, up the ladder of shares and to champion
 * @param receipt of the verdict behind it; absent when an operator or a gate is
 */
public record StageChanged(
        Kind kind,
        int version,
        Map<Integer, Stage> stages,
        double share,
        String reason,
        Map<String, Object> figures,
        boolean pauses,
        boolean byEvidence,
        @Nullable Long receipt)
        implements Change {
    /** Why stages change. */
    public enum Kind {
        SHADOWED("went into shadow"),
        CANARIED("went into canary"),
        PROMOTED("became champion"),
        ROLLED_BACK("was rolled back"),
        QUARANTINED("was quarantined"),
        REJECTED("was rejected"),
        ABORTED("was taken out of the rollout"),
        RELEASED("was released from quarantine");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    public StageChanged {
        stages = Map.copyOf(new TreeMap<>(stages));
        figures = Map.copyOf(figures);
        Check.that(stages.containsKey(version), "stages", stages, "a stage for version " + version);
    }

    /** A change that no verdict is behind, and in which no canary is moved on by evidence. */
    public StageChanged(
            Kind kind,
            int version,
            Map<Integer, Stage> stages,
            double share,
            String reason,
            Map<String, Object> figures,
            boolean pauses) {
        this(kind, version, stages, share, reason, figures, pauses, false, null);
    }

    /** The same as what a verdict led to. */
    public StageChanged by(long verdict) {
        return new StageChanged(kind, version, stages, share, reason, figures, pauses, byEvidence, verdict);
    }

    /** A change of one version without figures. */
    public static StageChanged of(Kind kind, int version, Stage stage, String reason) {
        return new StageChanged(kind, version, Map.of(version, stage), 0, reason, Map.of(), false);
    }

    @Override
    public String type() {
        return kind.name();
    }

    @Override
    public String summary() {
        return "Version " + version + " " + kind.words + ": " + reason + ".";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        fold.move(this, seq);
    }
}
