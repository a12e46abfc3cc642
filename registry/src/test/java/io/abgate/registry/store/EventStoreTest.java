package io.abgate.registry.store;

import static io.abgate.registry.store.StoreFixture.NOW;
import static io.abgate.registry.store.StoreFixture.label;
import static io.abgate.registry.store.StoreFixture.sample;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.registry.domain.Sha256;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.Engine.class)
final class EventStoreTest {
    private static final byte[] BYTES = "artifact".getBytes(UTF_8);
    private static final String SHA256 = Sha256.of(BYTES);

    private final TestDatabase database;

    EventStoreTest(TestDatabase.Engine engine, @TempDir Path home) {
        database = engine.in(home);
    }

    private EventStore store;

    @BeforeEach
    void open() {
        store = database.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        store = database.open();
    }

    /** One of everything, as it was written. */
    private record Written(
            StoredEvent event, LabelRow label, @Nullable SampleRow sample, JobRow job) {}

    private static Written writeOneOfEverything(Transaction transaction) {
        transaction.artifact(SHA256, BYTES);
        transaction.route("mail", 9, "{\"epoch\":9}");
        return new Written(
                transaction.append("operator", "PROMOTED", "mail", "{\"version\":2}"),
                label(transaction, 1000),
                sample(transaction, 1000),
                transaction.newJob("mail", "{\"epochs\":3}"));
    }

    @Test
    void keepsEverythingOverCloseAndReopen() {
        Written written = store.write(EventStoreTest::writeOneOfEverything);
        String storeId = store.storeId();

        reopen();

        assertThat(store.storeId()).isEqualTo(storeId);
        assertThat(store.events(new EventQuery(0, null, null, "mail", "PROMOTED", 10)))
                .containsExactly(written.event());
        assertThat(StoreFixture.counting(store, 1000)).contains(written.label());
        assertThat(store.sample("mail", 1000, -1000)).contains(written.sample());
        assertThat(store.job(1)).contains(written.job());
        assertThat(store.artifact(SHA256)).contains(BYTES);
        assertThat(store.route("mail", 9)).contains("{\"epoch\":9}");
    }

    @Test
    void numbersOnWhereItStoppedBeforeItWasClosed() {
        store.write(transaction -> label(transaction, 1));

        reopen();

        StoredEvent next = store.write(transaction -> transaction.append("registry", "STARTED", "", "{}"));
        assertThat(next.seq()).as("after the label and its LABELS event").isEqualTo(3);
        assertThat(next.at()).isEqualTo(NOW);
    }

    @Test
    void leavesNothingWhenTheWorkThrows() {
        assertThatThrownBy(() -> store.write(transaction -> {
                    writeOneOfEverything(transaction);
                    throw new IllegalStateException("changed my mind");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("changed my mind");

        assertThat(database.tablesWithRows()).isEmpty();
        long seq = store.write(transaction -> transaction.append("registry", "STARTED", "", "{}"))
                .seq();
        assertThat(seq).isEqualTo(1);
    }

    @Test
    void refusesToWriteWhenAnotherWriterTookTheLease() {
        database.sql("UPDATE lease SET token = 'other', holder = 'node-b'");

        assertThatThrownBy(() -> store.write(EventStoreTest::writeOneOfEverything))
                .isInstanceOf(StoreException.class)
                .hasMessage("another writer holds the lease: node-b");
        assertThat(database.tablesWithRows()).isEmpty();
    }

    @Test
    void refusesASecondLabelThatCountsForOnePrediction() {
        store.write(transaction -> label(transaction, 1));

        assertThatThrownBy(() -> store.write(transaction -> label(transaction, 1, LabelRow.Kind.ACCEPTED, "spam")))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the store cannot write: ")
                .hasMessageMatching("(?i).*unique.*")
                .hasMessageNotContaining("\n");
        LabelRow correction = store.write(transaction -> label(transaction, 1, LabelRow.Kind.CORRECTION, "spam"));
        assertThat(correction.seq()).isEqualTo(3);
        assertThat(StoreFixture.counting(store, 1)).map(LabelRow::truth).contains("ham");
    }

    @Test
    void leavesASampleThatIsThereAsItIs() {
        SampleRow first = store.write(transaction -> sample(transaction, 1));

        List<String> again = store.write(transaction -> List.of(String.valueOf(
                transaction.sample("mail", 1, -1, SampleRow.Origin.SEED, "\"other\"", "spam", List.of()))));

        assertThat(again).containsExactly("null");
        assertThat(store.sample("mail", 1, -1)).contains(first);
    }

    @Test
    void refusesAWriteWithinAWrite() {
        assertThatThrownBy(() -> store.write(outer -> store.write(inner -> label(inner, 1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a write within a write");
        assertThat(database.tablesWithRows()).isEmpty();
    }

    @Test
    void readsWhatIsCommittedWhileAWriteIsUnderWay() {
        store.write(transaction -> label(transaction, 1));

        boolean seenInside = store.write(transaction -> {
            label(transaction, 2);
            return StoreFixture.counting(store, 2).isPresent();
        });

        assertThat(seenInside).isFalse();
        assertThat(StoreFixture.counting(store, 2)).isPresent();
    }
}
