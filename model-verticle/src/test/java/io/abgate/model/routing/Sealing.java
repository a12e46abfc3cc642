package io.abgate.model.routing;

import io.abgate.registry.contract.RouteTables;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.Seal;
import io.abgate.registry.keys.TokenKeys;
import java.util.List;

/** Tables as the registry of one installation seals them. */
final class Sealing {
    static final KeyRing KEYS = KeyRing.of(TokenKeys.random());

    private Sealing() {}

    static RouteTables of(String store, RouteTable... tables) {
        return by(KEYS, store, tables);
    }

    static RouteTables by(KeyRing keys, String store, RouteTable... tables) {
        RouteTables open = new RouteTables(store, List.of(tables), "");
        return open.sealed(new Seal(keys, RouteTables.PURPOSE).of(open.text()));
    }

    /** Version 1 is the champion, with a third of the traffic; version 2 a canary with the rest. */
    static RouteTable table(String model, long epoch) {
        return new RouteTable(
                model,
                1,
                epoch,
                RoutingMode.SPLIT,
                "sält",
                List.of(
                        new RoutedVersion(1, Stage.CHAMPION, 1 / 3.0, "sha1"),
                        new RoutedVersion(2, Stage.CANARY, 2 / 3.0, "sha2")),
                2);
    }
}
