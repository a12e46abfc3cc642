package io.abgate.registry.store;

import static io.abgate.registry.store.StoreFixture.NOW;
import static io.abgate.registry.store.StoreFixture.label;
import static io.abgate.registry.store.StoreFixture.sample;
import static io.abgate.registry.store.StoreFixture.seed;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.Engine.class)
final class PruningTest {
    private static final Instant LATER = NOW.plusSeconds(1);

    private final TestDatabase database;
    private EventStore store;

    PruningTest(TestDatabase.Engine engine, @TempDir Path home) {
        database = engine.in(home);
    }

    /** Samples 1 to 4 without shadow answers, of which 3 and 4 are labelled, 5 and 6 with some, 5 labelled; a seed. */
    @BeforeEach
    void writeSamples() {
        store = database.open();
        store.write(transaction -> {
            seed(transaction, 9);
            for (long time = 1; time <= 4; time++) {
                transaction.sample("mail", time, -time, SampleRow.Origin.LIVE, "\"text\"", null, List.of());
            }
            sample(transaction, 5);
            sample(transaction, 6);
            label(transaction, 5);
            label(transaction, 3);
            return label(transaction, 4);
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    private int prune(Instant before, int buffer, int limit) {
        return store.write(transaction -> transaction.prune("mail", before, buffer, limit));
    }

    /** What is left of samples 1 to 6: whole, empty or nothing. */
    private String rows() {
        return LongStream.rangeClosed(1, 6)
                .mapToObj(time -> store.sample("mail", time, -time)
                        .map(row -> row.input().isEmpty() ? "e" : "+")
                        .orElse("-"))
                .collect(Collectors.joining());
    }

    @Test
    void deletesWhatIsOldAndEmptiesWhatHasShadowAnswers() {
        assertThat(prune(LATER, 0, 100)).isEqualTo(6);

        assertThat(rows()).isEqualTo("----ee");
        assertThat(store.sample("mail", 5, -5)).map(SampleRow::shadows).contains(StoreFixture.SHADOWS);
        assertThat(store.newestLabelled("mail", Long.MAX_VALUE, 9))
                .extracting(LabelledSample::timeMillis)
                .as("seeds stay")
                .containsExactly(9L);
        assertThat(StoreFixture.counting(store, 3)).as("labels stay").isPresent();
        assertThat(store.check().broken()).isEmpty();
    }

    @Test
    void keepsTheNewestLabelledOnes() {
        assertThat(prune(LATER, 1, 100)).isEqualTo(5);

        assertThat(rows()).isEqualTo("---+ee");
        assertThat(prune(LATER, 9, 100)).isZero();
    }

    @Test
    void keepsWhatIsYoungAndOtherModels() {
        assertThat(prune(NOW, 0, 100)).isZero();
        assertThat(store.<Integer>write(transaction -> transaction.prune("digits", LATER, 0, 100)))
                .isZero();
        assertThat(rows()).isEqualTo("++++++");
    }

    @Test
    void touchesNoMoreThanItMay() {
        assertThat(prune(LATER, 0, 3)).isEqualTo(3);
        assertThat(rows()).isEqualTo("---+++");
        assertThat(prune(LATER, 0, 2)).isEqualTo(2);
        assertThat(rows()).containsOnlyOnce("e");
        assertThat(prune(LATER, 0, 2)).isEqualTo(1);
        assertThat(rows()).isEqualTo("----ee");
    }

    @Test
    void doesNotMarkAnEmptiedSampleWhenItsLabelComesLate() {
        prune(LATER, 0, 100);

        store.write(transaction -> label(transaction, 6));

        assertThat(store.newestLabelled("mail", Long.MAX_VALUE, 9)).hasSize(1);
        assertThat(store.check().broken()).isEmpty();
    }

    @Test
    void forgetsOldAnswers() {
        store.write(transaction -> {
            transaction.answered(new AnsweredOperation("key", "00", 200, "{}"));
            return 0;
        });

        forget(NOW);
        assertThat(store.answered("key")).isPresent();
        forget(LATER);
        assertThat(store.answered("key")).isEmpty();
    }

    private void forget(Instant before) {
        store.write(transaction -> {
            transaction.forgetAnswers(before);
            return 0;
        });
    }
}
