package io.abgate.registry.store;

import static io.abgate.registry.store.StoreFixture.NOW;
import static io.abgate.registry.store.StoreFixture.label;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.contract.SampleBatch.Asked;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.Engine.class)
final class AskedForTest {
    private final TestDatabase database;
    private EventStore store;

    AskedForTest(TestDatabase.Engine engine, @TempDir Path home) {
        database = engine.in(home);
    }

    /** Labels of 1 to 4 are asked for, that of 5 is not; 2 has one. */
    @BeforeEach
    void writeSamples() {
        store = database.open();
        store.write(transaction -> {
            for (long time = 1; time <= 5; time++) {
                Asked asked = time == 5 ? null : new Asked("id-" + time, 7);
                transaction.sample("mail", time, -time, SampleRow.Origin.LIVE, "\"text\"", null, List.of(), asked);
            }
            return label(transaction, 2);
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<String> waiting(long sinceMillis, int limit) {
        return store.askedFor("mail", Instant.ofEpochMilli(sinceMillis), limit).stream()
                .map(row -> row.asked().predictionId())
                .toList();
    }

    @Test
    void listsThoseWithoutALabelNewestFirst() {
        assertThat(waiting(0, 9)).containsExactly("id-4", "id-3", "id-1");
        assertThat(waiting(0, 2)).containsExactly("id-4", "id-3");
        assertThat(waiting(3, 9)).containsExactly("id-4", "id-3");
        assertThat(waiting(5, 9)).isEmpty();
        assertThat(store.askedFor("digits", Instant.EPOCH, 9)).isEmpty();
        assertThat(store.askedFor("mail", Instant.EPOCH, 9))
                .allMatch(row -> row.asked().version() == 7);
    }

    @Test
    void aLabelThatCountsEndsItAndItsWithdrawalBeginsItAgain() {
        store.write(transaction -> label(transaction, 4, LabelRow.Kind.EXPIRED, "ham"));
        assertThat(waiting(0, 9)).containsExactly("id-4", "id-3", "id-1");
        store.write(transaction -> label(transaction, 3));
        assertThat(waiting(0, 9)).containsExactly("id-4", "id-1");
        store.write(transaction -> {
            transaction.withdraw("mail", NOW, NOW.plusSeconds(9), "app");
            return transaction.append("operator", "LABELS_VOIDED", "mail", "{}");
        });
        assertThat(waiting(0, 9)).containsExactly("id-4", "id-3", "id-2", "id-1");
    }

    @Test
    void isThereAfterTheStoreWasOpenedAgainAndAfterPruningThoughWithoutInput() {
        assertThat(store.<Integer>write(transaction -> transaction.prune("mail", NOW.plusSeconds(1), 0, 100)))
                .isEqualTo(5);
        store.close();
        store = database.open();
        assertThat(store.sample("mail", 5, -5)).isEmpty();
        assertThat(waiting(0, 9)).containsExactly("id-4", "id-3", "id-1");
        assertThat(store.askedFor("mail", Instant.EPOCH, 9))
                .allMatch(row -> row.input().isEmpty());
    }
}
