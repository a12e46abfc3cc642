package io.abgate.registry.domain;

/**
 * What a prediction id says. Its signed form is made and verified by the gateway; any node can score a label against
 * it, after any restart, with no table of pending predictions.
 *
 * @param keyId which signing key, 0 to 255
 * @param flags see {@link #FORCED}, {@link #FALLBACK}, {@link #SAMPLED}, {@link #ENSEMBLE}, {@link #AUDIT}
 * @param modelId number of the model, unsigned 16 bits
 * @param assigned version that the split chose, unsigned 16 bits
 * @param answered version that answered, unsigned 16 bits
 * @param value index of the predicted label in the answered version's labels, or the raw bits of an FP64 prediction
 * @param confidence probability of the predicted label, in [0, 1]
 * @param epoch of the route table in force
 * @param keyHash hash of the routing key under the experiment's salt
 * @param timeMillis of the prediction, since 1970, 48 bits
 * @param nonce unique within a model and millisecond: process random and counter
 */
public record PredictionId(
        int keyId,
        int flags,
        int modelId,
        int assigned,
        int answered,
        long value,
        float confidence,
        long epoch,
        long keyHash,
        long timeMillis,
        long nonce) {
    /** Did not go through the split, but was pinned: excluded from all inference. */
    public static final int FORCED = 1;
    /** The assigned version failed and another answered: the assigned one scores 0. */
    public static final int FALLBACK = 2;
    /** The input was sent to the registry's sample table. */
    public static final int SAMPLED = 4;
    /** Several versions voted: what comes of it is no version's own. */
    public static final int ENSEMBLE = 8;
    /** Its label is asked for, by a lot that knows neither key, version nor answer. */
    public static final int AUDIT = 16;

    /** Who gave it: the high half of the nonce, that a process draws at its start. */
    public long process() {
        return process(nonce);
    }

    /** Who gave the id with this nonce. */
    public static long process(long nonce) {
        return nonce >>> Integer.SIZE;
    }

    /** Whether a flag is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
