package io.abgate.registry;

import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.FeedbackResult.Rejected;
import io.abgate.registry.contract.Label;
import io.abgate.registry.contract.LabelBatch;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.VersionState;
import io.abgate.registry.store.LabelRow;
import io.abgate.registry.store.LabelRow.Kind;
import io.abgate.registry.store.NewLabel;
import io.abgate.registry.store.PredictionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Labels that are to be committed together: each is judged against the ledger and against those before it. */
final class LabelGroup {
    /** Who sends one label and another in turns, for ever, would fill the ledger with what counts for nothing. */
    static final int MOST_CHANGES = 100;

    private static final long NONE = 0;
    private static final String TOO_MANY = Check.message(
            "prediction_id", "its label was changed " + MOST_CHANGES + " times", "the newest label again, or none");

    private final Books books;
    private final long nowMillis;
    private final Map<PredictionKey, Said> before = new HashMap<>();
    private final List<NewLabel> added = new ArrayList<>();

    /**
     * What was said of a prediction: a truth, or a reward as the score alone.
     *
     * @param changes how many other labels of it there were before
     */
    private record Said(@Nullable String truth, double score, Kind kind, int changes) {
        boolean isSame(Said other) {
            return score == other.score && Objects.equals(truth, other.truth);
        }
    }

    /** What a batch makes of the group, if nothing is wrong with it. */
    private static final class Part {
        private final Map<PredictionKey, Said> said = new HashMap<>();
        private final List<NewLabel> added = new ArrayList<>();
        private final List<Rejected> rejected = new ArrayList<>();
        private int duplicates;

        FeedbackResult result() {
            return new FeedbackResult(
                    count(Kind.ACCEPTED), duplicates, count(Kind.CORRECTION), count(Kind.EXPIRED), rejected);
        }

        private int count(Kind kind) {
            return (int) added.stream().filter(label -> label.kind() == kind).count();
        }
    }

    /** A group of these batches, none of which is judged yet. */
    LabelGroup(Books books, long nowMillis, List<LabelBatch> batches) {
        this.books = books;
        this.nowMillis = nowMillis;
        List<PredictionKey> keys = batches.stream()
                .filter(batch -> books.has(batch.model()))
                .flatMap(batch -> batch.labels().stream().map(label -> PredictionKey.of(batch.model(), label.id())))
                .toList();
        if (!keys.isEmpty()) {
            books.store().newestLabels(keys).forEach((key, newest) -> standing(key, newest)
                    .ifPresent(said -> before.put(key, said)));
        }
    }

    /**
     * What is said of a prediction that has labels. A correction of a label that was withdrawn corrects nothing any more:
     * the next label is the first again.
     */
    private Optional<Said> standing(PredictionKey key, LabelRow newest) {
        if (newest.kind() == Kind.ACCEPTED) {
            return Optional.of(said(newest, 0));
        }
        Set<Long> withdrawn = books.store().withdrawn(key);
        List<LabelRow> rows = books.store().labels(key).stream()
                .filter(row -> !withdrawn.contains(row.seq()))
                .toList();
        long first = rows.stream()
                .filter(row -> row.kind() == Kind.ACCEPTED)
                .mapToLong(LabelRow::seq)
                .max()
                .orElse(NONE);
        if (newest.kind() == Kind.CORRECTION && first == NONE) {
            return Optional.empty();
        }
        long others = rows.stream()
                .filter(row -> row.seq() > first && row.kind() == newest.kind())
                .count();
        return Optional.of(said(newest, (int) others - (newest.kind() == Kind.EXPIRED ? 1 : 0)));
    }

    private static Said said(LabelRow row, int changes) {
        return new Said(row.truth(), row.score(), row.kind(), changes);
    }

    /** Judges the next batch; one that is refused as a whole leaves nothing behind. */
    FeedbackResult judge(LabelBatch batch) {
        ModelState state = books.state(batch.model());
        Part part = new Part();
        batch.labels().forEach(label -> judge(state, label, part));
        before.putAll(part.said);
        added.addAll(part.added);
        return part.result();
    }

    private void judge(ModelState state, Label label, Part part) {
        Optional<String> refusal = refusal(state, label);
        if (refusal.isPresent()) {
            part.rejected.add(new Rejected(label.index(), refusal.get()));
            return;
        }
        PredictionKey key = PredictionKey.of(state.settings().name(), label.id());
        Said last = part.said.getOrDefault(key, before.get(key));
        Said now = said(state, label, last);
        if (last != null && last.isSame(now)) {
            part.duplicates++;
            return;
        }
        if (now.changes > MOST_CHANGES) {
            part.rejected.add(new Rejected(label.index(), TOO_MANY));
            return;
        }
        part.said.put(key, now);
        part.added.add(new NewLabel(key.model(), label.id(), now.kind, now.truth, now.score, label.source()));
    }

    /** The labels to be added, in order. */
    List<NewLabel> added() {
        return added;
    }

    private Optional<String> refusal(ModelState state, Label label) {
        PredictionId id = label.id();
        return refusal(state, id.assigned(), id.epoch())
                .or(() -> refusal(state, id.answered(), id.epoch()))
                .or(() -> refusal(state, state.version(id.answered()), label));
    }

    private static Optional<String> refusal(ModelState state, int version, long epoch) {
        Optional<VersionState> known = state.find(version);
        if (known.filter(found -> found.isKnownAt(epoch)).isPresent()) {
            return Optional.empty();
        }
        String came = known.isPresent()
                ? "of another version " + version + ", which was lost when the store was put back"
                : "of version " + version;
        return Optional.of(Check.message(
                "prediction_id", came, "a version of " + state.settings().name()));
    }

    private static Optional<String> refusal(ModelState state, VersionState answered, Label label) {
        return Optional.ofNullable(label.truth())
                .filter(truth -> !state.settings().labels().contains(truth))
                .filter(truth -> !answered.facts().labels().contains(truth))
                .map(truth -> Check.message(
                        "truth",
                        truth,
                        "one of " + String.join(", ", state.settings().labels())));
    }

    private Said said(ModelState state, Label label, @Nullable Said last) {
        Kind kind = kind(state.settings(), label.id(), last);
        int changes = last == null ? 0 : last.changes + 1;
        Double reward = label.reward();
        if (reward != null) {
            return new Said(null, reward + 0.0, kind, changes); // no -0.0, which some databases keep as 0.0
        }
        String truth = Objects.requireNonNull(label.truth());
        List<String> labels = state.version(label.id().answered()).facts().labels();
        long index = label.id().value();
        boolean right =
                index >= 0 && index < labels.size() && labels.get((int) index).equals(truth);
        return new Said(truth, right ? 1 : 0, kind, changes);
    }

    private Kind kind(ModelSettings settings, PredictionId id, @Nullable Said last) {
        if (last != null) {
            return last.kind == Kind.EXPIRED ? Kind.EXPIRED : Kind.CORRECTION;
        }
        long age = nowMillis - id.timeMillis();
        boolean late = age > Duration.ofDays(settings.labelling().keepDays()).toMillis();
        return late ? Kind.EXPIRED : Kind.ACCEPTED;
    }
}
