package io.abgate.registry.store;

import static io.abgate.registry.store.StoreFixture.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.registry.domain.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.Engine.class)
final class StoreLookupTest {
    private final TestDatabase database;

    StoreLookupTest(TestDatabase.Engine engine, @TempDir Path home) {
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

    @Test
    void findsTheFirstEventsAfterOne() {
        store.write(transaction -> {
            transaction.append("registry", "A", "mail", "{}");
            transaction.append("registry", "B", "mail", "{}");
            transaction.append("registry", "A", "digits", "{}");
            return transaction.append("registry", "A", "mail", "{}");
        });

        assertThat(seqs(new EventQuery(0, null, null, null, null, 3))).containsExactly(1L, 2L, 3L);
        assertThat(seqs(new EventQuery(2, null, null, null, null, 9))).containsExactly(3L, 4L);
        assertThat(seqs(new EventQuery(0, null, null, "mail", "A", 9))).containsExactly(1L, 4L);
        assertThat(seqs(new EventQuery(0, NOW, null, "digits", null, 9))).containsExactly(3L);
        assertThat(seqs(new EventQuery(0, NOW.plusMillis(1), null, null, null, 9)))
                .isEmpty();
    }

    @Test
    void showsTheEventsOfLabelsOnlyToWhoAsksForThem() {
        store.write(transaction -> StoreFixture.label(transaction, 1));

        assertThat(seqs(new EventQuery(0, null, null, null, null, 9))).isEmpty();
        assertThat(seqs(new EventQuery(0, null, null, null, "LABELS", 9))).containsExactly(2L);
    }

    private List<Long> seqs(EventQuery query) {
        return store.events(query).stream().map(StoredEvent::seq).toList();
    }

    @Test
    void numbersJobsAndKnowsTheOpenOnes() {
        store.write(transaction -> {
            transaction.newJob("mail", "{}");
            transaction.newJob("mail", "{}");
            return transaction.newJob("digits", "{}");
        });
        store.write(transaction -> {
            transaction.job(1, JobRow.State.RUNNING, "{\"worker\":\"w\"}");
            transaction.job(2, JobRow.State.FAILED, "{}");
            return 0;
        });

        assertThat(store.openJobs()).extracting(JobRow::id).containsExactly(1L, 3L);
        assertThat(store.job(1)).map(JobRow::body).contains("{\"worker\":\"w\"}");
        assertThat(store.job(2)).map(JobRow::state).contains(JobRow.State.FAILED);
        assertThat(store.job(4)).isEmpty();
    }

    @Test
    void refusesToChangeAJobThatIsNotThere() {
        assertThatThrownBy(() -> store.write(transaction -> {
                    transaction.job(7, JobRow.State.FAILED, "{}");
                    return 0;
                }))
                .hasMessage("job: 7 (expected: the number of a job)");
    }

    @Test
    void findsTheNewestLabelOfEachOfManyPredictionsUnlessItWasWithdrawn() {
        LabelRow correction = store.write(transaction -> {
            StoreFixture.label(transaction, 1);
            StoreFixture.label(transaction, 2);
            return StoreFixture.label(transaction, 1, LabelRow.Kind.CORRECTION, "spam");
        });
        LabelRow reward = store.write(transaction -> {
            transaction.withdraw("mail", NOW, NOW.plusMillis(1), "nobody");
            return StoreFixture.label(transaction, 3, LabelRow.Kind.ACCEPTED, null);
        });
        database.sql("UPDATE label SET voided_seq = 9 WHERE time_millis = 2");

        assertThat(store.newestLabels(List.of(key(1), key(2), key(3), key(4))))
                .containsOnly(Map.entry(key(1), correction), Map.entry(key(3), reward));
        assertThat(store.newestLabels(List.of())).isEmpty();
    }

    private static PredictionKey key(long timeMillis) {
        return new PredictionKey("mail", timeMillis, -timeMillis);
    }

    @Test
    void storesAnArtifactOnceAndOnlyUnderItsOwnName() {
        byte[] bytes = "artifact".getBytes(UTF_8);
        String sha256 = Sha256.of(bytes);
        for (int time = 0; time < 2; time++) {
            store.write(transaction -> {
                transaction.artifact(sha256, bytes);
                return 0;
            });
        }

        assertThat(store.artifact(sha256)).contains(bytes);
        assertThatThrownBy(() -> store.write(transaction -> {
                    transaction.artifact("00", bytes);
                    return 0;
                }))
                .hasMessageStartingWith("sha256: 00");
    }
}
