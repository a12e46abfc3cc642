package io.abgate.registry;

import io.abgate.registry.domain.Sha256;
import io.abgate.registry.policy.ModelSnapshot;
import io.abgate.registry.policy.Receipt;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.LabelSpan;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a receipt says besides what follows from the state.
 *
 * @param before place of the receipt: labels from there on are none of its business
 */
record Sources(EventStore store, String model, long before) {
    Receipt.Labels labels(long after) {
        LabelSpan span = store.labelSpan(model, after, before);
        return new Receipt.Labels(after, span.first(), span.last(), span.count());
    }

    /** What computes receipts here. */
    static Receipt.Software software() {
        String version =
                Objects.requireNonNullElse(Sources.class.getPackage().getImplementationVersion(), "development");
        String shape = Sha256.of(Snapshots.shape(ModelSnapshot.class).getBytes(StandardCharsets.UTF_8));
        return new Receipt.Software(version, Snapshots.FOLD, shape);
    }
}
