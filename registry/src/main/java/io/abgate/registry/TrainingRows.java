package io.abgate.registry;

import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.XxHash64;
import io.abgate.registry.store.LabelledSample;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The rolling buffer, parted by id: one label in so many is never trained on, whichever job reads it.
 *
 * @param train rows to train on, oldest first
 * @param heldOut rows to judge on
 */
record TrainingRows(List<Example> train, List<Example> heldOut) {
    private static final long SALT = 0x68656c646f7574L; // "heldout"

    /**
     * Parts the buffer.
     *
     * @param heldOutOneIn one row in so many is held out; 0 holds out none
     */
    static TrainingRows of(List<LabelledSample> buffer, int heldOutOneIn) {
        List<Example> train = new ArrayList<>();
        List<Example> heldOut = new ArrayList<>();
        for (LabelledSample sample : buffer) {
            (isHeldOut(sample, heldOutOneIn) ? heldOut : train).add(sample.example());
        }
        return new TrainingRows(List.copyOf(train), List.copyOf(heldOut));
    }

    /** Whether a row is judged on and never trained on. */
    static boolean isHeldOut(LabelledSample sample, int oneIn) {
        return oneIn > 0 && Long.remainderUnsigned(hash(sample), oneIn) == 0;
    }

    private static long hash(LabelledSample sample) {
        byte[] id = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(sample.timeMillis())
                .putLong(sample.nonce())
                .array();
        return XxHash64.hash(id, SALT);
    }
}
