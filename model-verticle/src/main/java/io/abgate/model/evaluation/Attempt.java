package io.abgate.model.evaluation;

import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Check;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a model made of one input: an answer, a refusal, or neither.
 *
 * @param label that was predicted; null when there is no sound answer
 * @param confidence of that label, finite; null when there is no sound answer
 * @param refusal why the model refused the input; null when it did not
 * @param fault what was wrong with the model; null when nothing was
 * @param timeMillis that it took
 */
record Attempt(
        @Nullable String label,
        @Nullable Double confidence,
        @Nullable String refusal,
        @Nullable String fault,
        double timeMillis) {

    static Attempt refused(IllegalArgumentException refusal, double timeMillis) {
        return new Attempt(null, null, String.valueOf(refusal.getMessage()), null, timeMillis);
    }

    static Attempt broken(RuntimeException failure, double timeMillis) {
        return faulty(failure.toString(), timeMillis);
    }

    private static Attempt faulty(String fault, double timeMillis) {
        return new Attempt(null, null, null, fault, timeMillis);
    }

    /** Looks at a reply to one row; one without a label, or with a number that is not finite, is no answer. */
    static Attempt replied(@Nullable PredictReply reply, double timeMillis) {
        if (reply == null || reply.rows() != 1) {
            return faulty(Check.message("answers", reply == null ? "none" : reply.rows(), "1"), timeMillis);
        }
        int index = reply.label()[0];
        if (index < 0 || index >= reply.labels().size()) {
            String expected = "0 to " + (reply.labels().size() - 1);
            return faulty(Check.message("index of the label", index, expected), timeMillis);
        }
        double confidence = reply.confidence()[0];
        if (!Double.isFinite(confidence)) {
            return faulty(Check.message("confidence", confidence, "a finite number"), timeMillis);
        }
        double[] probabilities = reply.probabilities()[0];
        if (!Arrays.stream(probabilities).allMatch(Double::isFinite)) {
            return faulty(Check.message("probabilities", Arrays.toString(probabilities), "finite numbers"), timeMillis);
        }
        return new Attempt(reply.labels().get(index), confidence, null, null, timeMillis);
    }

    /** Why there is no answer, or null when there is one. */
    @Nullable
    String missing() {
        return refusal == null ? fault : "refused: " + refusal;
    }
}
