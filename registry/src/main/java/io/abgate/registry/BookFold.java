package io.abgate.registry;

import io.abgate.registry.store.LabelRow;
import io.abgate.registry.store.Ledger;
import io.abgate.registry.store.SampleRow;
import io.abgate.registry.store.StoredEvent;

/** Folds what the ledger has of one model into its book. */
final class BookFold implements Ledger {
    private final String model;
    private final Book book;
    private long folded;

    BookFold(String model, Book book) {
        this.model = model;
        this.book = book;
    }

    /** How many entries there were. */
    long folded() {
        return folded;
    }

    @Override
    public void event(StoredEvent event) {
        if (isOfModel(event.model())) {
            if (event.type().equals("LABELS")) {
                book.group();
            }
            Changes.of(event).ifPresent(change -> {
                change.applyTo(book.fold, event.seq());
                book.counts(change, event.seq());
            });
        }
    }

    @Override
    public void label(LabelRow label) {
        if (isOfModel(label.model())) {
            book.label(label);
        }
    }

    @Override
    public void sample(SampleRow sample) {
        if (isOfModel(sample.model())) {
            book.sample(sample);
        }
    }

    private boolean isOfModel(String other) {
        boolean own = other.equals(model);
        folded += own ? 1 : 0;
        return own;
    }
}
