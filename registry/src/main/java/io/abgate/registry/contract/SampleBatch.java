package io.abgate.registry.contract;

import java.util.List;

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
     */
    public record Sample(long timeMillis, long nonce, String input, List<ShadowAnswer> shadows) {
        public Sample {
            shadows = List.copyOf(shadows);
        }
    }

    /** What a shadow answered: index of the label in the shadow version's labels, or -1 when it failed. */
    public record ShadowAnswer(int version, int label, float confidence) {}
}
