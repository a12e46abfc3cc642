package io.abgate.gateway.routing;

import io.abgate.model.routing.RouteBook;
import io.abgate.registry.domain.ModelSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;

/** The meters of a process's route tables. */
public final class RouteMeters {
    private RouteMeters() {}

    /** Shows how old the tables of these models are, and how many were refused. */
    public static void bind(MeterRegistry meters, RouteBook book, Collection<ModelSettings> models) {
        models.forEach(model -> Gauge.builder("abgate.route.age", book, known -> age(known, model.name()))
                .description("Time since a registry last confirmed the route table")
                .baseUnit("seconds")
                .tag("model", model.name())
                .register(meters));
        FunctionCounter.builder("abgate.route.tables.refused", book, RouteBook::refused)
                .description("Messages with route tables that were not genuine, or of another store")
                .register(meters);
    }

    /** Not a number while there is no table. */
    private static double age(RouteBook book, String model) {
        return book.find(model).map(book::ageSeconds).orElse(Double.NaN);
    }
}
