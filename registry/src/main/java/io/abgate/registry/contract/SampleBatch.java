package io.abgate.registry.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inputs and shadow answers of predictions of one model. */
public record SampleBatch(String model, List<Sample> samples) {
    public SampleBatch {
        samples = List.copyOf(samples);
    }

    /**
     * One prediction's input; time and nonce are those of its id.
     *
     * @param input the row as JSON text
     * @param shadows answers of shadows to a copy of it
     * @param asked what is needed to ask for its label; absent where it is not asked for
     */
    public record Sample(
            long timeMillis,
            long nonce,
            String input,
            List<ShadowAnswer> shadows,
            @Nullable Asked asked) {
        public Sample {
            shadows = List.copyOf(shadows);
        }

        /** One whose label is not asked for. */
        public Sample(long timeMillis, long nonce, String input, List<ShadowAnswer> shadows) {
            this(timeMillis, nonce, input, shadows, null);
        }
    }

    /**
     * A prediction whose label is asked for.
     *
     * @param predictionId its signed id
     * @param version that the split assigned it to
     */
    public record Asked(String predictionId, int version) {}

    /** What a shadow answered: index of the label in the shadow version's labels, or -1 when it failed. */
    public record ShadowAnswer(int version, int label, float confidence) {}
}
