package io.abgate.registry;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.store.EventStore;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the ledger in a store gives when it is folded anew, beside the registry that is open over it. */
final class Folds {
    private final EventStore store;
    private final List<ModelSettings> settings;
    private final HandTurnedClock clock;

    Folds(EventStore store, List<ModelSettings> settings, HandTurnedClock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /** What is told of the model of a town, but for its nodes, from the first entry on. */
    JsonObject report() {
        Books books = books(Map.of());
        Reports reports = new Reports(
                books,
                new Nodes(),
                new JobReports(books),
                new Overrides(books, clock),
                new TrainingReports(books, new Buffers(books), clock),
                clock);
        return Town.withoutNodes(reports.model(Town.MAIL));
    }

    /** The whole of all states, from these checkpoints on. */
    Collection<String> states(Map<String, Checkpoints.Kept> checkpoints) {
        return books(checkpoints).snapshots().values().stream()
                .map(Snapshots::json)
                .toList();
    }

    private Books books(Map<String, Checkpoints.Kept> checkpoints) {
        return new Books(new Pen(store, System::nanoTime), settings, () -> checkpoints);
    }
}
