package io.abgate.registry.store;

import java.io.IOException;
import java.nio.file.Path;

/** A process that opens a store, writes one label, says so and waits to be killed. */
final class StoreHolder {
    private StoreHolder() {}

    public static void main(String[] arguments) throws IOException {
        EventStore store = StoreFixture.open(Path.of(arguments[0]));
        store.write(transaction -> StoreFixture.label(transaction, 1));
        System.out.println("open");
        // until it is killed, or its parent is gone
        while (System.in.read() >= 0) {}
    }
}
