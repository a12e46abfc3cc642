package io.abgate.registry.store;

import io.abgate.registry.contract.SampleBatch.Asked;
import io.abgate.registry.contract.SampleBatch.ShadowAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An input in the ledger.
 *
 * @param seq its place in the ledger
 * @param timeMillis of the prediction; a seed row's number in its place
 * @param nonce of the prediction; 0 for a seed row
 * @param input the row as JSON text
 * @param truth its label where it came with one
 * @param shadows what shadows answered to a copy of it
 * @param asked what is needed to ask for its label; absent where it is not asked for
 */
public record SampleRow(
        long seq,
        String model,
        long timeMillis,
        long nonce,
        Origin origin,
        String input,
        @Nullable String truth,
        List<ShadowAnswer> shadows,
        @Nullable Asked asked) {
    /** Where a sample comes from. */
    public enum Origin {
        /** The data set of the first version. */
        SEED,
        /** A prediction of an application. */
        LIVE
    }

    public SampleRow {
        shadows = List.copyOf(shadows);
    }
}
