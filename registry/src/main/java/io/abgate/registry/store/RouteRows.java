package io.abgate.registry.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code route}. */
final class RouteRows {
    private RouteRows() {}

    static void insert(Handle handle, String model, long epoch, String table) {
        handle.createUpdate("INSERT INTO route (model, epoch, route_table) VALUES (:model, :epoch, :table)")
                .bind("model", model)
                .bind("epoch", epoch)
                .bind("table", table)
                .execute();
    }

    static Optional<String> find(Handle handle, String model, long epoch) {
        return handle.createQuery("SELECT route_table FROM route WHERE model = :model AND epoch = :epoch")
                .bind("model", model)
                .bind("epoch", epoch)
                .mapTo(String.class)
                .findOne();
    }

    static long count(Handle handle) {
        return handle.createQuery("SELECT COUNT(*) FROM route")
                .mapTo(Long.class)
                .one();
    }
}
