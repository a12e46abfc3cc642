package io.abgate.registry;

import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.ModelAdded;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.store.SampleRow;
import io.abgate.registry.store.Transaction;
import java.util.List;

/** Brings a configured model into the ledger at its first start: its number, its seed rows, its first training. */
final class SetUp {
    private final Books books;
    private final Jobs jobs;

    SetUp(Books books, Jobs jobs) {
        this.books = books;
        this.jobs = jobs;
    }

    void setUp(ModelDefinition definition) {
        ModelState state = books.state(definition.settings().name());
        if (state.modelId() == 0) {
            add(definition);
        }
        if (state.ofStage(Stage.CHAMPION).isEmpty() && state.openJobs().isEmpty()) {
            jobs.first(state);
        }
    }

    private void add(ModelDefinition definition) {
        int modelId = 1 + books.highestModelId();
        String model = definition.settings().name();
        books.commit("registry", model, transaction -> {
            seeds(transaction, model, definition.seeds());
            return List.of(new ModelAdded(modelId, definition.seeds().size()));
        });
    }

    private static void seeds(Transaction transaction, String model, List<Example> seeds) {
        for (int row = 0; row < seeds.size(); row++) {
            Example seed = seeds.get(row);
            transaction.sample(model, row, 0, SampleRow.Origin.SEED, seed.input(), seed.truth(), List.of());
        }
    }
}
