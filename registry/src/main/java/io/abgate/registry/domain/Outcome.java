package io.abgate.registry.domain;

import org.jspecify.annotations.Nullable;

/**
 * How right one prediction was.
 *
 * @param id what its prediction id said
 * @param truth the right label; absent for a reward
 * @param score of the version that answered, in [0, 1]
 */
public record Outcome(PredictionId id, @Nullable String truth, double score) {
    public Outcome {
        Check.that(score >= 0 && score <= 1, "score", score, "a number in [0, 1]");
    }

    /**
     * Score of the assigned version by intention to treat: a version that failed scores 0 although another one answered.
     */
    public double assignedScore() {
        return id.has(PredictionId.FALLBACK) ? 0 : score;
    }

    /** Whether the split gave it to one version and so it may count as evidence of that. */
    public boolean isEvidence() {
        return !id.has(PredictionId.FORCED) && !isVote();
    }

    /** Whether several versions answered it together, by a vote. */
    public boolean isVote() {
        return id.has(PredictionId.ENSEMBLE);
    }
}
