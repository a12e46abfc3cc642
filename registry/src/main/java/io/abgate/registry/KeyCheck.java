package io.abgate.registry;

import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.Seal;
import io.abgate.registry.keys.TokenKeys;
import io.abgate.registry.store.EventQuery;
import io.abgate.registry.store.StoreException;
import java.util.List;

/**
 * Holds a registry's keys to those that its store has known: with others no prediction id of before could be verified,
 * and no gateway would take its route tables.
 */
final class KeyCheck {
    private final Pen pen;
    private final Seal seal;

    KeyCheck(Pen pen, KeyRing keys) {
        this.pen = pen;
        this.seal = new Seal(keys, "store");
    }

    /**
     * Enters the key that signs now.
     *
     * @throws StoreException when none of the keys is one that the store knows, unless it knows none yet
     */
    void run() {
        String store = pen.store().storeId();
        List<String> known = known();
        if (!known.isEmpty() && known.stream().noneMatch(one -> seal.holds(store, one))) {
            throw new StoreException(TokenKeys.FILE + ": none of the keys of store " + store
                    + " (expected: the file in the home of its first registry, copied here with mode 0600)");
        }
        String now = seal.of(store);
        if (!known.contains(now)) {
            pen.write(transaction ->
                    transaction.append("registry", KeysBound.TYPE, "", Changes.json(new KeysBound(now))));
        }
    }

    private List<String> known() {
        return pen.store().events(new EventQuery(0, null, null, null, KeysBound.TYPE, Integer.MAX_VALUE)).stream()
                .flatMap(event -> Changes.of(event).stream())
                .map(change -> ((KeysBound) change).seal())
                .toList();
    }
}
