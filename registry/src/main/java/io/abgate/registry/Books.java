package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.ModelAdded;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.RoutePublished;
import io.abgate.registry.store.EventQuery;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.LabelRow;
import io.abgate.registry.store.Ledger;
import io.abgate.registry.store.SampleRow;
import io.abgate.registry.store.StoredEvent;
import io.abgate.registry.store.Transaction;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The state of every model, and the one way to change it: commit to the store, then fold what was committed. To be used
 * by the writer thread only.
 */
final class Books implements Ledger {
    private final Pen pen;
    private final List<ModelSettings> models;
    private final Supplier<Map<String, Checkpoints.Kept>> checkpoints;
    private Map<String, Book> books = Map.of();
    private int highestModelId;
    private long restoredSeq;
    private long toldSeq;
    private long unkept;

    /** The states that the whole ledger gives. */
    Books(Pen pen, Collection<ModelSettings> models) {
        this(pen, models, Map::of);
    }

    /** The states that checkpoints hold, and the ledger after them. */
    Books(Pen pen, Collection<ModelSettings> models, Supplier<Map<String, Checkpoints.Kept>> checkpoints) {
        this.pen = pen;
        this.models = List.copyOf(models);
        this.checkpoints = checkpoints;
        pen.onSurprise(this::read);
        read();
    }

    /** Folds what is in the store; what was known before stays when that fails. */
    private void read() {
        Map<String, Book> before = books;
        books = start(checkpoints.get());
        restoredSeq = lastRestoredSeq();
        unkept = 0;
        long from =
                books.values().stream().mapToLong(book -> book.through).min().orElse(0);
        try {
            pen.store().fold(pen.store().isShared() ? new RenewingLedger(this, pen::renew) : this, from);
        } catch (RuntimeException | Error e) {
            books = before;
            throw e;
        }
    }

    private long lastRestoredSeq() {
        EventQuery all = new EventQuery(0, null, null, null, Restored.TYPE, Integer.MAX_VALUE);
        return pen.store().events(all).stream()
                .flatMap(event -> Changes.of(event).stream())
                .mapToLong(change -> ((Restored) change).to())
                .max()
                .orElse(0);
    }

    private Map<String, Book> start(Map<String, Checkpoints.Kept> kept) {
        Map<String, Book> starts = new LinkedHashMap<>();
        models.forEach(settings -> starts.put(
                settings.name(),
                Optional.ofNullable(kept.get(settings.name())).map(Book::new).orElseGet(() -> new Book(settings))));
        kept.values()
                .forEach(one ->
                        highestModelId = Math.max(highestModelId, one.snapshot().highestModelId()));
        return starts;
    }

    /** Entries of the ledger since the states were last kept. */
    long unkept() {
        return unkept;
    }

    /** The states were kept, or that failed. */
    void kept() {
        unkept = 0;
    }

    /** All that is known of each model, besides the settings. */
    Map<ModelSettings, BookSnapshot> snapshots() {
        Map<ModelSettings, BookSnapshot> snapshots = new LinkedHashMap<>();
        for (Book book : books.values()) {
            snapshots.put(book.state.settings(), book.snapshot(highestModelId));
        }
        return snapshots;
    }

    EventStore store() {
        return pen.store();
    }

    /** Whether something may have been committed that is not in the states. */
    boolean isInDoubt() {
        return pen.isInDoubt();
    }

    /** Writes what no state depends on. */
    <T> T write(Function<Transaction, T> work) {
        return pen.write(work);
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
        return book(model).corrected();
    }

    /** What is known of a model's receipts. */
    ReceiptsKept receipts(String model) {
        return book(model).receipts();
    }

    /** Labels that came too late. */
    long expired(String model) {
        return book(model).expired();
    }

    /** Where the ledger goes on after it was put back to an earlier state; 0 when it never was. */
    long restoredSeq() {
        return restoredSeq;
    }

    /** Inputs of applications that are stored. */
    long liveSamples(String model) {
        return book(model).liveSamples();
    }

    /** Commits what {@code work} writes together with the changes it returns, then folds the changes. */
    void commit(String actor, String model, Function<Transaction, List<? extends Change>> work) {
        Map<StoredEvent, Change> committed = pen.write(transaction -> {
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
        folding(() -> committed.forEach((event, change) -> fold(book(model), change, event.seq())));
        committed.values().forEach(change -> AlertText.log(model, change));
    }

    /** Place of the newest alert, or end of one, that people are to be told of and that was folded here; 0 for none. */
    long toldSeq() {
        return toldSeq;
    }

    /** What is committed and could not be folded is read again before anything else is done. */
    private void folding(Runnable fold) {
        try {
            fold.run();
        } catch (RuntimeException | Error e) {
            pen.missed(e);
            throw e;
        }
    }

    private void fold(Book book, Change change, long seq) {
        unkept++;
        change.applyTo(book.fold, seq);
        toldSeq = AlertText.isTold(change) ? Math.max(toldSeq, seq) : toldSeq;
        highestModelId = Math.max(highestModelId, book.state.modelId());
        book.counts(change, seq);
    }

    /** Commits changes and nothing else. */
    void commit(String actor, String model, Change... changes) {
        commit(actor, model, transaction -> List.of(changes));
    }

    /** Commits changes that an operation asks for; what its key gets again is the model as it is then. */
    void commit(Operation operation, Change... changes) {
        commit(operation.actor(), operation.model(), transaction -> {
            Idempotency.keep(transaction, operation, 200, "");
            return List.of(changes);
        });
    }

    /** Labels and samples that were committed together. */
    record Taken(List<SampleRow> samples, List<LabelRow> labels) {}

    /** Commits samples and labels; folds the samples first, then the labels of each model as one group. */
    void commitTaken(Function<Transaction, Taken> work) {
        Taken taken = pen.write(work);
        folding(() -> {
            taken.samples.forEach(this::sample);
            taken.labels.forEach(this::label);
            taken.labels.stream().map(LabelRow::model).distinct().forEach(model -> book(model)
                    .group());
        });
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
        if (event.seq() <= book.through) {
            return;
        }
        if (event.type().equals("LABELS")) {
            book.group();
        }
        change.ifPresent(known -> fold(book, known, event.seq()));
    }

    @Override
    public void label(LabelRow label) {
        Book book = books.get(label.model());
        unkept++;
        if (book == null || label.seq() <= book.through) {
            return;
        }
        book.label(label);
    }

    @Override
    public void sample(SampleRow sample) {
        Book book = books.get(sample.model());
        unkept++;
        if (book == null || sample.seq() <= book.through) {
            return;
        }
        book.sample(sample);
    }
}
