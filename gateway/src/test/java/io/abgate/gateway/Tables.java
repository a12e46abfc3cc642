package io.abgate.gateway;

import io.abgate.model.routing.RouteBook;
import io.abgate.registry.contract.RouteTables;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.Seal;
import io.abgate.registry.keys.TokenKeys;
import java.util.List;

/** Route tables as the registry of one installation seals them. */
public final class Tables {
    public static final KeyRing KEYS = KeyRing.of(TokenKeys.random());
    public static final String STORE = "store";

    private Tables() {}

    /** A book that takes what is sealed here. */
    public static RouteBook book() {
        return new RouteBook(KEYS, new StoreBinding());
    }

    /** Genuine tables. */
    public static RouteTables sealed(RouteTable... tables) {
        RouteTables open = new RouteTables(STORE, List.of(tables), "");
        return open.sealed(new Seal(KEYS, RouteTables.PURPOSE).of(open.text()));
    }
}
