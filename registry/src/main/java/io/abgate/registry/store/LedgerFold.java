package io.abgate.registry.store;

import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jspecify.annotations.Nullable;

/** Merges the streams of events, labels and samples by sequence number; holds one row of each in memory. */
final class LedgerFold {
    private LedgerFold() {}

    /** Shows everything that is in the ledger between two sequence numbers at this moment. */
    static void over(Handle handle, Ledger ledger, long afterSeq, long beforeSeq) {
        try (ResultIterator<ChainLink> events = EventTable.stream(handle, afterSeq);
                ResultIterator<LabelRow> labels = LabelTable.stream(handle, afterSeq);
                ResultIterator<SampleRow> samples = SampleTable.stream(handle, afterSeq)) {
            merge(
                    new Cursor<>(events, link -> link.event().seq(), link -> ledger.event(link.event())),
                    new Cursor<>(labels, LabelRow::seq, ledger::label),
                    new Cursor<>(samples, SampleRow::seq, ledger::sample),
                    beforeSeq);
        }
    }

    private static void merge(Cursor<?> events, Cursor<?> labels, Cursor<?> samples, long beforeSeq) {
        Cursor<?> next = first(events, first(labels, samples));
        while (next.hasRow() && next.seq() < beforeSeq) {
            next.showAndAdvance();
            next = first(events, first(labels, samples));
        }
    }

    private static Cursor<?> first(Cursor<?> one, Cursor<?> other) {
        return one.seq() <= other.seq() ? one : other;
    }

    /** A stream and the row it stands on. */
    private static final class Cursor<T> {
        private static final long END = Long.MAX_VALUE;

        private final Iterator<T> rows;
        private final ToLongFunction<T> seqOf;
        private final Consumer<T> show;
        private @Nullable T row;

        Cursor(Iterator<T> rows, ToLongFunction<T> seqOf, Consumer<T> show) {
            this.rows = rows;
            this.seqOf = seqOf;
            this.show = show;
            this.row = rows.hasNext() ? rows.next() : null;
        }

        boolean hasRow() {
            return row != null;
        }

        long seq() {
            return row == null ? END : seqOf.applyAsLong(row);
        }

        void showAndAdvance() {
            if (row != null) {
                show.accept(row);
                row = rows.hasNext() ? rows.next() : null;
            }
        }
    }
}
