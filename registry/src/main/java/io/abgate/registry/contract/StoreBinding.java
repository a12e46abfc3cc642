package io.abgate.registry.contract;

import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which store a process belongs to: the first one it hears of, for good. Every message to or from a registry says so in
 * a header, so that two registries with two stores never serve one cluster. Safe for all threads; one per process.
 */
public final class StoreBinding {
    private static final String HEADER = "store";

    private volatile @Nullable String storeId;

    /** Binds to a store if to none yet; says whether this process belongs to it now. */
    public synchronized boolean bind(String store) {
        if (storeId == null) {
            storeId = store;
        }
        return store.equals(storeId);
    }

    /** The store that this process belongs to, once it has heard of one. */
    public Optional<String> storeId() {
        return Optional.ofNullable(storeId);
    }

    /** Options of a message that is answered within a time, or refused by a registry of another store. */
    public DeliveryOptions within(long millis) {
        DeliveryOptions options = new DeliveryOptions().setSendTimeout(millis);
        String bound = storeId;
        return bound == null ? options : options.addHeader(HEADER, bound);
    }

    /** The store that a message's sender belongs to, if it says so. */
    public static Optional<String> of(MultiMap headers) {
        return Optional.ofNullable(headers.get(HEADER));
    }

    /** Whether a message comes from a process of another store; one that is bound to none yet belongs everywhere. */
    public static boolean isForeign(MultiMap headers, String store) {
        String bound = headers.get(HEADER);
        return bound != null && !bound.equals(store);
    }
}
