package io.abgate.registry.store;

import static io.abgate.registry.store.StoreFixture.label;
import static io.abgate.registry.store.StoreFixture.sample;
import static io.abgate.registry.store.StoreFixture.seed;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.store.SampleRow.Origin;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.Engine.class)
final class NewestLabelledTest {
    private final TestDatabase database;

    NewestLabelledTest(TestDatabase.Engine engine, @TempDir Path home) {
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

    private List<LabelledSample> newest(long toSeq, int limit) {
        return store.newestLabelled("mail", toSeq, limit);
    }

    @Test
    void joinsALabelThatComesAfterItsSample() {
        store.write(transaction -> sample(transaction, 5));
        LabelRow label = store.write(transaction -> label(transaction, 5));

        assertThat(newest(label.seq(), 10))
                .containsExactly(new LabelledSample(
                        label.seq(), 5, -5, Origin.LIVE, StoreFixture.NOW, new Example("\"text 5\"", "ham")));
        assertThat(newest(label.seq() - 1, 10)).isEmpty();
    }

    @Test
    void joinsALabelThatComesBeforeItsSample() {
        store.write(transaction -> label(transaction, 5));
        SampleRow sample = store.write(transaction -> sample(transaction, 5));

        assertThat(newest(sample.seq(), 10))
                .containsExactly(new LabelledSample(
                        sample.seq(), 5, -5, Origin.LIVE, StoreFixture.NOW, new Example("\"text 5\"", "ham")));
        assertThat(newest(sample.seq() - 1, 10)).isEmpty();
    }

    @Test
    void leavesOutASampleWhoseLabelIsGone() {
        store.write(transaction -> sample(transaction, 5));
        store.write(transaction -> label(transaction, 5));
        database.sql("DELETE FROM label");

        assertThat(newest(Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void takesASeedRowWithItsOwnTruth() {
        SampleRow seed = store.write(transaction -> seed(transaction, 8));

        assertThat(newest(seed.seq(), 10))
                .containsExactly(new LabelledSample(
                        seed.seq(), 8, 0, Origin.SEED, StoreFixture.NOW, new Example("\"seed\"", "spam")));
    }

    @Test
    void takesForcedPredictionsToo() {
        store.write(transaction -> {
            sample(transaction, 5);
            PredictionId forced = StoreFixture.id(5, PredictionId.FORCED | PredictionId.SAMPLED);
            return StoreFixture.label(transaction, "mail", forced, "ham", 1);
        });

        assertThat(newest(Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void leavesOutRewardsCorrectionsExpiredLabelsAndOtherModels() {
        store.write(transaction -> {
            sample(transaction, 1);
            label(transaction, 1, LabelRow.Kind.ACCEPTED, null);
            sample(transaction, 2);
            label(transaction, 2, LabelRow.Kind.CORRECTION, "ham");
            sample(transaction, 3);
            label(transaction, 3, LabelRow.Kind.EXPIRED, "ham");
            transaction.sample("digits", 4, 0, Origin.SEED, "[1]", "4", List.of());
            return sample(transaction, 5);
        });

        assertThat(newest(Long.MAX_VALUE, 10)).isEmpty();
    }

    /** Two say so, one of a label that comes and one of a label that is there. */
    @Test
    void whichLabelsItLeavesOutIsTheSameWhicheverComesFirst() {
        store.write(transaction -> {
            label(transaction, 1, LabelRow.Kind.ACCEPTED, null);
            label(transaction, 2, LabelRow.Kind.CORRECTION, "ham");
            label(transaction, 3, LabelRow.Kind.EXPIRED, "ham");
            unsampled(transaction, 4);
            for (int time = 1; time <= 5; time++) {
                sample(transaction, time);
            }
            unsampled(transaction, 5);
            return label(transaction, 6);
        });

        assertThat(newest(Long.MAX_VALUE, 10)).isEmpty();
        store.write(transaction -> sample(transaction, 6));
        assertThat(newest(Long.MAX_VALUE, 10))
                .extracting(LabelledSample::timeMillis)
                .containsExactly(6L);
    }

    private static LabelRow unsampled(Transaction transaction, long timeMillis) {
        return StoreFixture.label(transaction, "mail", StoreFixture.id(timeMillis, 0), "ham", 1);
    }

    @Test
    void takesTheNewestByWhenBothWereThereAndGivesThemOldestFirst() {
        store.write(transaction -> {
            sample(transaction, 1);
            label(transaction, 2);
            seed(transaction, 3);
            sample(transaction, 4);
            label(transaction, 4);
            sample(transaction, 2);
            return label(transaction, 1);
        });

        assertThat(newest(Long.MAX_VALUE, 3))
                .extracting(LabelledSample::timeMillis)
                .containsExactly(4L, 2L, 1L);
        assertThat(newest(6, 10)).extracting(LabelledSample::timeMillis).containsExactly(3L, 4L, 2L);
    }
}
