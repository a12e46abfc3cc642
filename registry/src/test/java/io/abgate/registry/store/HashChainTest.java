package io.abgate.registry.store;

import static io.abgate.registry.store.StoreFixture.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.registry.store.LedgerCheck.Break;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.Engine.class)
final class HashChainTest {
    private final TestDatabase database;

    HashChainTest(TestDatabase.Engine engine, @TempDir Path home) {
        database = engine.in(home);
    }

    private JdbcEventStore store;

    /** A ledger of: 1 event, 2 and 4 labels of mail, 3 a label of digits, 5 and 6 their LABELS events, 7 an event. */
    @BeforeEach
    void writeALedger() {
        store = (JdbcEventStore) database.open();
        store.write(transaction -> transaction.append("registry", "STARTED", "", "{}"));
        store.write(transaction -> {
            label(transaction, 1);
            StoreFixture.label(transaction, "digits", StoreFixture.id(2, 0), null, 0.5);
            return label(transaction, 3, LabelRow.Kind.EXPIRED, "spam");
        });
        store.write(transaction -> transaction.append("operator", "PROMOTED", "mail", "{\"version\":2}"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void isWholeWhenNobodyTouchedIt() {
        assertThat(store.check().broken()).isEmpty();
    }

    @Test
    void coversTheLabelsOfEachModelByAnEventAtTheEndOfTheirTransaction() {
        List<StoredEvent> covers = store.events(new EventQuery(0, null, null, null, "LABELS", 10));

        assertThat(covers).extracting(StoredEvent::model).containsExactly("mail", "digits");
        assertThat(covers).extracting(StoredEvent::seq).containsExactly(5L, 6L);
        assertThat(covers.get(0).body()).matches("\\{\"from\":2,\"to\":4,\"digest\":\"[0-9a-f]{64}\"}");
        assertThat(covers.get(1).body()).startsWith("{\"from\":3,\"to\":3,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE event SET body = '{\"version\":3}' WHERE seq = 7   | 7 | the event was altered",
                "UPDATE event SET actor = 'nobody' WHERE seq = 1           | 1 | the event was altered",
                "UPDATE event SET at_millis = at_millis + 1 WHERE seq = 5  | 5 | the event was altered",
                "DELETE FROM event WHERE seq = 1        | 5 | the event before it is missing or was altered",
                "UPDATE label SET truth = 'spam' WHERE seq = 2             | 5 | its labels were altered",
                "UPDATE label SET truth = '' WHERE seq = 3                 | 6 | its labels were altered",
                "UPDATE label SET confidence = 0.2 WHERE seq = 3           | 6 | its labels were altered",
                "UPDATE label SET kind = 'CORRECTION' WHERE seq = 4        | 5 | its labels were altered",
                "DELETE FROM label WHERE seq = 4                           | 5 | its labels were altered",
                "UPDATE label SET model = 'mail' WHERE seq = 3             | 5 | its labels were altered"
            })
    void namesTheFirstBrokenLink(String tampering, long seq, String reason) {
        database.sql(tampering);

        assertThat(store.check().broken()).contains(new Break(seq, reason));
    }

    @Test
    void missesEventsThatAreGoneFromTheEnd() {
        database.sql("DELETE FROM event WHERE seq = 7");

        assertThat(store.check().broken().orElseThrow().reason())
                .startsWith("events are missing from the end: the newest was ");
    }

    @Test
    void findsALabelThatNoEventCovers() {
        database.sql(
                "INSERT INTO label SELECT 99, model, 99, nonce, key_id, flags, model_id, assigned, answered, value,"
                        + " confidence, epoch, key_hash, kind, truth, score, arrived_at_millis, source, NULL FROM label"
                        + " WHERE seq = 2");

        assertThat(store.check().broken()).contains(new Break(0, "labels outside the chain: 1"));
    }

    @Test
    void letsNobodyElseAppendACover() {
        assertThatThrownBy(() -> store.write(transaction -> transaction.append("app", "LABELS", "mail", "{}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("type: LABELS");
    }

    @Test
    void hashesTheDocumentedBytes() {
        StoredEvent event = new StoredEvent(1, StoreFixture.NOW, "a", "T", "m", "{}");

        assertThat(ChainLink.after(ChainLink.GENESIS, event).hash())
                .isEqualTo("3af6258096c472801a7965fb6cd1fa217ec4e6cd6502e9b0dcf604254ac9bbf6");
    }
}
