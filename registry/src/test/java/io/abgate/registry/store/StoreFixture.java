package io.abgate.registry.store;

import io.abgate.registry.contract.SampleBatch.ShadowAnswer;
import io.abgate.registry.domain.PredictionId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A SQLite store in a folder, and rows to write into it. */
final class StoreFixture {
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    static final List<ShadowAnswer> SHADOWS = List.of(new ShadowAnswer(3, 1, 0.7f), new ShadowAnswer(4, 0, 0.1f));

    private StoreFixture() {}

    static EventStore open(Path home) {
        return Stores.open("sqlite:", home, "node-a", InstantSource.fixed(NOW.plusNanos(1)));
    }

    static PredictionId id(long timeMillis, int flags) {
        return new PredictionId(1, flags, 65535, 2, 1, -7L, 0.1f, 12, Long.MIN_VALUE, timeMillis, -timeMillis);
    }

    static LabelRow label(Transaction transaction, long timeMillis, LabelRow.Kind kind, @Nullable String truth) {
        return transaction
                .labels(List.of(
                        new NewLabel("mail", id(timeMillis, PredictionId.SAMPLED), kind, truth, 1.0 / 3, "app")))
                .get(0);
    }

    static LabelRow label(
            Transaction transaction, String model, PredictionId id, @Nullable String truth, double score) {
        return transaction
                .labels(List.of(new NewLabel(model, id, LabelRow.Kind.ACCEPTED, truth, score, "app")))
                .get(0);
    }

    /** The label that counts for a prediction of this time. */
    static Optional<LabelRow> counting(EventStore store, long timeMillis) {
        return store.labels(new PredictionKey("mail", timeMillis, -timeMillis)).stream()
                .filter(label -> label.kind() == LabelRow.Kind.ACCEPTED)
                .findFirst();
    }

    static LabelRow label(Transaction transaction, long timeMillis) {
        return label(transaction, timeMillis, LabelRow.Kind.ACCEPTED, "ham");
    }

    static @Nullable SampleRow sample(Transaction transaction, long timeMillis) {
        return transaction.sample(
                "mail", timeMillis, -timeMillis, SampleRow.Origin.LIVE, "\"text " + timeMillis + "\"", null, SHADOWS);
    }

    static @Nullable SampleRow seed(Transaction transaction, long row) {
        return transaction.sample("mail", row, 0, SampleRow.Origin.SEED, "\"seed\"", "spam", List.of());
    }
}
