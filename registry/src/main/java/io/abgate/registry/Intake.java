package io.abgate.registry;

import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.FeedbackResult.Rejected;
import io.abgate.registry.contract.Label;
import io.abgate.registry.contract.LabelBatch;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.VersionState;
import io.abgate.registry.store.LabelRow;
import io.abgate.registry.store.LabelRow.Kind;
import io.abgate.registry.store.SampleRow;
import io.abgate.registry.store.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes labels and samples: decides what each counts for, and commits them. */
final class Intake {
    private final Books books;
    private final InstantSource clock;

    Intake(Books books, InstantSource clock) {
        this.books = books;
        this.clock = clock;
    }

    private record Prediction(long timeMillis, long nonce) {}

    /** What a label says: a truth, or a reward as the score alone. */
    private record Said(@Nullable String truth, double score) {}

    private record Judged(Label label, Said said, Kind kind) {}

    /** Commits a batch; when this returns its labels are durable and folded. */
    FeedbackResult labels(LabelBatch batch) {
        ModelState state = books.state(batch.model());
        Map<Prediction, Judged> inBatch = new HashMap<>();
        List<Judged> judged = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        int duplicates = 0;
        for (Label label : batch.labels()) {
            Optional<String> refusal = refusal(state, label);
            if (refusal.isPresent()) {
                rejected.add(new Rejected(label.index(), refusal.get()));
                continue;
            }
            Said said = said(state.version(label.id().answered()), label);
            Judged before = before(state, label, inBatch);
            if (before != null && before.said.equals(said)) {
                duplicates++;
                continue;
            }
            Judged one = new Judged(label, said, kind(state.settings(), label.id(), before));
            judged.add(one);
            inBatch.put(prediction(label.id()), one);
        }
        if (!judged.isEmpty()) {
            books.commitLabels(batch.model(), transaction -> write(transaction, batch.model(), judged));
        }
        return new FeedbackResult(
                count(judged, Kind.ACCEPTED),
                duplicates,
                count(judged, Kind.CORRECTION),
                count(judged, Kind.EXPIRED),
                rejected);
    }

    private static List<LabelRow> write(Transaction transaction, String model, List<Judged> judged) {
        List<LabelRow> rows = new ArrayList<>();
        for (Judged one : judged) {
            rows.add(transaction.label(
                    model, one.label.id(), one.kind, one.said.truth, one.said.score, one.label.source()));
        }
        return rows;
    }

    private static int count(List<Judged> judged, Kind kind) {
        return (int) judged.stream().filter(one -> one.kind == kind).count();
    }

    private static Prediction prediction(PredictionId id) {
        return new Prediction(id.timeMillis(), id.nonce());
    }

    private static Optional<String> refusal(ModelState state, Label label) {
        Optional<VersionState> answered = state.find(label.id().answered());
        if (answered.isEmpty()) {
            return Optional.of(Check.message(
                    "prediction_id",
                    "of version " + label.id().answered(),
                    "a version of " + state.settings().name()));
        }
        return Optional.ofNullable(label.truth())
                .filter(truth -> !state.settings().labels().contains(truth))
                .filter(truth -> !answered.get().facts().labels().contains(truth))
                .map(truth -> Check.message(
                        "truth",
                        truth,
                        "one of " + String.join(", ", state.settings().labels())));
    }

    private static Said said(VersionState answered, Label label) {
        Double reward = label.reward();
        if (reward != null) {
            return new Said(null, reward);
        }
        String truth = Objects.requireNonNull(label.truth());
        List<String> labels = answered.facts().labels();
        long index = label.id().value();
        boolean right =
                index >= 0 && index < labels.size() && labels.get((int) index).equals(truth);
        return new Said(truth, right ? 1 : 0);
    }

    /** The last that was said of the same prediction, in this batch or before it. */
    private @Nullable Judged before(ModelState state, Label label, Map<Prediction, Judged> inBatch) {
        Prediction prediction = prediction(label.id());
        Judged sameBatch = inBatch.get(prediction);
        return sameBatch != null
                ? sameBatch
                : books.store()
                        .newestLabel(state.settings().name(), prediction.timeMillis, prediction.nonce)
                        .map(row -> new Judged(label, new Said(row.truth(), row.score()), row.kind()))
                        .orElse(null);
    }

    private Kind kind(ModelSettings settings, PredictionId id, @Nullable Judged before) {
        if (before != null) {
            return before.kind == Kind.EXPIRED ? Kind.EXPIRED : Kind.CORRECTION;
        }
        long age = clock.millis() - id.timeMillis();
        boolean late = age > Duration.ofDays(settings.labelling().keepDays()).toMillis();
        return late ? Kind.EXPIRED : Kind.ACCEPTED;
    }

    /** Commits samples; those that are there already are left as they are. */
    void samples(SampleBatch batch) {
        books.state(batch.model());
        books.commitSamples(transaction -> batch.samples().stream()
                .map(sample -> transaction.sample(
                        batch.model(),
                        sample.timeMillis(),
                        sample.nonce(),
                        SampleRow.Origin.LIVE,
                        sample.input(),
                        null,
                        sample.shadows()))
                .filter(Objects::nonNull)
                .toList());
    }
}
