package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.Outcome;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.ModelAdded;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.RoutePublished;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.LabelRow;
import io.abgate.registry.store.Ledger;
import io.abgate.registry.store.SampleRow;
import io.abgate.registry.store.StoredEvent;
import io.abgate.registry.store.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The state of every model, and the one way to change it: commit to the store, then fold what was committed. To be used
 * by the writer thread only.
 */
final class Books implements Ledger {
    private final EventStore store;
    private final Map<String, Book> books = new LinkedHashMap<>();
    private int highestModelId;

    /** A model's state with the counts that no decision rests on. */
    private static final class Book {
        private final ModelState state;
        private final List<Outcome> pending = new ArrayList<>();
        private long corrected;
        private long expired;
        private long liveSamples;

        Book(ModelSettings settings) {
            this.state = new ModelState(settings);
        }
    }

    Books(EventStore store, Collection<ModelSettings> models) {
        this.store = store;
        models.forEach(settings -> books.put(settings.name(), new Book(settings)));
        store.fold(this);
    }

    EventStore store() {
        return store;
    }

    /** States of all models, in the order of the configuration. */
    List<ModelState> states() {
        return books.values().stream().map(book -> book.state).toList();
    }

    /** Whether a model is configured; the ledger may hold others, of earlier configurations. */
    boolean has(String model) {
        return books.containsKey(model);
    }

    /** The largest number that a model ever got, configured or not: ids of predictions outlive a configuration. */
    int highestModelId() {
        return highestModelId;
    }

    /** State of a model; refused as NOT_FOUND when there is none of this name. */
    ModelState state(String model) {
        return book(model).state;
    }

    private Book book(String model) {
        Book book = books.get(model);
        if (book == null) {
            throw Failure.NOT_FOUND.because(
                    "model: " + model + " (expected: one of " + String.join(", ", books.keySet()) + ")");
        }
        return book;
    }

    /** Labels that correct an earlier one. */
    long corrected(String model) {
        return book(model).corrected;
    }

    /** Labels that came too late. */
    long expired(String model) {
        return book(model).expired;
    }

    /** Inputs of applications that were stored. */
    long liveSamples(String model) {
        return book(model).liveSamples;
    }

    /** Commits what {@code work} writes together with the changes it returns, then folds the changes. */
    void commit(String actor, String model, Function<Transaction, List<? extends Change>> work) {
        Map<StoredEvent, Change> committed = store.write(transaction -> {
            Map<StoredEvent, Change> events = new LinkedHashMap<>();
            for (Change change : work.apply(transaction)) {
                StoredEvent event = transaction.append(actor, change.type(), model, Changes.json(change));
                events.put(event, change);
                if (change instanceof RoutePublished route) {
                    transaction.route(model, event.seq(), Changes.json(route.inForce(event.seq())));
                }
            }
            return events;
        });
        committed.forEach((event, change) -> fold(book(model), change, event.seq()));
    }

    private void fold(Book book, Change change, long seq) {
        change.applyTo(book.state, seq);
        highestModelId = Math.max(highestModelId, book.state.modelId());
    }

    /** Commits changes and nothing else. */
    void commit(String actor, String model, Change... changes) {
        commit(actor, model, transaction -> List.of(changes));
    }

    /** Commits labels and folds them as one group. */
    void commitLabels(String model, Function<Transaction, List<LabelRow>> work) {
        store.write(work).forEach(this::label);
        group(book(model));
    }

    /** Commits samples and folds them. */
    void commitSamples(Function<Transaction, List<SampleRow>> work) {
        store.write(work).forEach(this::sample);
    }

    @Override
    public void event(StoredEvent event) {
        Book book = books.get(event.model());
        Optional<Change> change = Changes.of(event);
        if (book == null) { // of a model that is no longer configured
            change.filter(ModelAdded.class::isInstance)
                    .map(ModelAdded.class::cast)
                    .ifPresent(added -> highestModelId = Math.max(highestModelId, added.modelId()));
            return;
        }
        if (event.type().equals("LABELS")) {
            group(book);
        }
        change.ifPresent(known -> fold(book, known, event.seq()));
    }

    private static void group(Book book) {
        book.state.outcomes(List.copyOf(book.pending));
        book.pending.clear();
    }

    @Override
    public void label(LabelRow label) {
        Book book = books.get(label.model());
        if (book == null) {
            return;
        }
        switch (label.kind()) {
            case ACCEPTED -> book.pending.add(new Outcome(label.id(), label.truth(), label.score()));
            case CORRECTION -> book.corrected++;
            case EXPIRED -> book.expired++;
        }
    }

    @Override
    public void sample(SampleRow sample) {
        Book book = books.get(sample.model());
        if (book == null) {
            return;
        }
        book.liveSamples += sample.origin() == SampleRow.Origin.LIVE ? 1 : 0;
        sample.shadows()
                .forEach(answer ->
                        book.state.shadowAnswer(sample.timeMillis(), sample.nonce(), answer.version(), answer.label()));
    }
}
