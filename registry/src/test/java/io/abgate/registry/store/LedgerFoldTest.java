package io.abgate.registry.store;

import static io.abgate.registry.store.StoreFixture.label;
import static io.abgate.registry.store.StoreFixture.sample;
import static io.abgate.registry.store.StoreFixture.seed;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.Engine.class)
final class LedgerFoldTest {
    private final TestDatabase database;

    LedgerFoldTest(TestDatabase.Engine engine, @TempDir Path home) {
        database = engine.in(home);
    }

    @Test
    void showsEventsLabelsAndSamplesInTheOrderOfTheirNumbers() {
        List<Record> written = new ArrayList<>();
        Recorder seen = new Recorder();
        try (EventStore store = database.open()) {
            store.write(transaction -> {
                written.add(seed(transaction, 1));
                written.add(transaction.append("registry", "STARTED", "mail", "{}"));
                written.add(label(transaction, 1));
                return written.add(sample(transaction, 1));
            });
            store.write(transaction -> {
                written.add(sample(transaction, 2));
                written.add(label(transaction, 2, LabelRow.Kind.ACCEPTED, null));
                return written.add(transaction.append("registry", "B", "", "{}"));
            });

            store.fold(seen);
        }
        assertThat(seen.seqs).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(seen.rows).containsAll(written).hasSize(written.size() + 2);
        assertThat(seen.rows.get(4)).isInstanceOfSatisfying(StoredEvent.class, LedgerFoldTest::isACover);
        assertThat(seen.rows.get(8)).isInstanceOfSatisfying(StoredEvent.class, LedgerFoldTest::isACover);
    }

    private static void isACover(StoredEvent event) {
        assertThat(event.type()).isEqualTo("LABELS");
    }

    @Test
    void showsNothingOfAnEmptyLedger() {
        Recorder seen = new Recorder();
        try (EventStore store = database.open()) {
            store.fold(seen);
        }
        assertThat(seen.rows).isEmpty();
    }

    @Test
    void showsWhatLiesBetweenTwoNumbersAndWhereLabelsDo() {
        Recorder seen = new Recorder();
        try (EventStore store = database.open()) {
            store.write(
                    transaction -> { // 1 and 2 labels, 3 a correction, 4 a label of another model, 5 and 6 covers
                        label(transaction, 1);
                        label(transaction, 2);
                        label(transaction, 2, LabelRow.Kind.CORRECTION, "spam");
                        return StoreFixture.label(transaction, "digits", StoreFixture.id(9, 0), null, 1);
                    });

            store.fold(seen, 1, 5);

            assertThat(store.labelSpan("mail", 0, Long.MAX_VALUE)).isEqualTo(new LabelSpan(1, 2, 2));
            assertThat(store.labelSpan("mail", 1, 3)).isEqualTo(new LabelSpan(2, 2, 1));
            assertThat(store.labelSpan("mail", 0, 2)).isEqualTo(new LabelSpan(1, 1, 1));
            assertThat(store.labelSpan("mail", 2, 9)).isEqualTo(new LabelSpan(0, 0, 0));
        }
        assertThat(seen.seqs).containsExactly(2L, 3L, 4L);
    }

    @Test
    void showsOneMomentEvenWhenTheLedgerGrowsMeanwhile() {
        try (EventStore store = database.open()) {
            store.write(transaction -> label(transaction, 1));
            Recorder seen = new Recorder() {
                @Override
                public void label(LabelRow label) {
                    super.label(label);
                    store.write(transaction -> StoreFixture.label(transaction, 2));
                }
            };

            store.fold(seen);

            assertThat(seen.seqs).containsExactly(1L, 2L);
            assertThat(StoreFixture.counting(store, 2)).isPresent();
        }
    }

    /** Remembers what it sees. */
    private static class Recorder implements Ledger {
        final List<Long> seqs = new ArrayList<>();
        final List<Record> rows = new ArrayList<>();

        @Override
        public void event(StoredEvent event) {
            add(event.seq(), event);
        }

        @Override
        public void label(LabelRow label) {
            add(label.seq(), label);
        }

        @Override
        public void sample(SampleRow sample) {
            add(sample.seq(), sample);
        }

        private void add(long seq, Record row) {
            seqs.add(seq);
            rows.add(row);
        }
    }
}
