package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.evidence.DiscountedThompson;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What labels say of the versions of one model: credited, compared, watched for drops. */
final class LiveEvidence {
    private final ModelSettings settings;
    private Arms arms;
    private Ensemble ensemble = new Ensemble();
    private Experiments experiments;
    private DropWatch dropWatch;
    private ModelSnapshot.Totals totals = new ModelSnapshot.Totals(0, 0, 0, 0, 0);

    LiveEvidence(ModelSettings settings) {
        this.settings = settings;
        this.arms = new Arms(settings.routing().discount());
        this.experiments = new Experiments(settings);
        this.dropWatch = new DropWatch(settings.training().drop());
    }

    /**
     * Stages changed.
     *
     * @param change null where only a share changed
     */
    void follow(ModelState state, @Nullable StageChanged change, long seq) {
        int before = experiments.live().champion();
        experiments.follow(state, change, seq);
        if (experiments.live().champion() != before) {
            dropWatch = new DropWatch(settings.training().drop());
        }
        arms.follow(state);
        ensemble.follow(state);
    }

    void route(RouteTable table) {
        experiments.route(table);
    }

    void trainingOrdered(long seq) {
        totals = new ModelSnapshot.Totals(totals.labels(), 0, seq, totals.pinnedLabels(), totals.withdrawnLabels());
        dropWatch.trainingOrdered();
        experiments.live().guard().ifPresent(Experiment::trainingOrdered);
    }

    /** Labels were committed together, at this time. */
    void outcomes(ModelState state, List<Outcome> batch, long atMillis) {
        for (Outcome outcome : batch) {
            count(outcome);
            if (outcome.isEvidence()) {
                // whatever a ledger holds must not stop its registry from starting
                state.find(outcome.id().assigned()).ifPresent(version -> credit(version, outcome));
            } else if (outcome.isVote()) {
                ensemble.outcome(outcome).forEach(this::alone);
            }
        }
        experiments.outcomes(state, batch, atMillis);
        arms.follow(state); // a share that has grown is a higher cap
    }

    private void count(Outcome outcome) {
        boolean pinned = !outcome.isEvidence() && !outcome.isVote();
        totals = new ModelSnapshot.Totals(
                totals.labels() + 1,
                totals.labelsSinceTraining() + (outcome.truth() == null ? 0 : 1),
                totals.trainingOrderedSeq(),
                totals.pinnedLabels() + (pinned ? 1 : 0),
                totals.withdrawnLabels());
    }

    /** What a member of the ensemble answered by itself got a label. */
    private void alone(Outcome own) {
        int version = own.id().assigned();
        arms.thompson().learn(version, own.score());
        if (version == experiments.live().champion()) {
            dropWatch.score(own.score());
            experiments.alone(own);
        }
    }

    private void credit(VersionState version, Outcome outcome) {
        version.learn(outcome);
        arms.thompson().learn(version.number(), outcome.assignedScore());
        if (version.number() == experiments.live().champion()) {
            dropWatch.score(outcome.assignedScore());
        }
    }

    /** Time went on. */
    void advance(ModelState state, long atMillis) {
        experiments.advance(state, atMillis);
        arms.follow(state);
    }

    /** A copy of a request was answered; only where versions vote the answers of all of them meet one label. */
    void shadowAnswer(long timeMillis, long nonce, int version, int label, boolean voted) {
        experiments.shadowAnswer(timeMillis, nonce, version, label);
        if (voted) {
            ensemble.answer(timeMillis, nonce, version, label).ifPresent(this::alone);
        }
    }

    Ensemble ensemble() {
        return ensemble;
    }

    /** Labels were withdrawn: all that they were evidence for starts again, for which ones were chosen afterwards. */
    void withdraw(ModelState state, LabelsVoided voided, long seq) {
        totals = new ModelSnapshot.Totals(
                totals.labels() - voided.labels(),
                totals.labelsSinceTraining() - voided.sinceTraining(),
                totals.trainingOrderedSeq(),
                totals.pinnedLabels() - voided.pinned(),
                totals.withdrawnLabels() + voided.withdrawn());
        state.versions().forEach(version -> version.withdraw(voided));
        Set<Integer> heard = new HashSet<>(voided.versions());
        heard.addAll(voided.votes() > 0 ? ensemble.restart() : Set.of());
        if (heard.contains(experiments.live().champion())) {
            dropWatch = new DropWatch(settings.training().drop());
        }
        experiments.withdraw(state, heard, seq);
        arms.withdraw(state, heard);
    }

    Experiments experiments() {
        return experiments;
    }

    DiscountedThompson thompson() {
        return arms.thompson();
    }

    Optional<String> drop() {
        return Optional.ofNullable(dropWatch.finding());
    }

    ModelSnapshot.Totals totals() {
        return totals;
    }

    ModelSnapshot.Evidence snapshot() {
        return new ModelSnapshot.Evidence(
                experiments.snapshot(), arms.thompson().snapshot(), dropWatch.snapshot(), totals, ensemble.snapshot());
    }

    /** Evidence of which a snapshot was taken, about the versions of a state that has them again. */
    static LiveEvidence restored(ModelState state, ModelSnapshot.Evidence snapshot) {
        ModelSettings settings = state.settings();
        LiveEvidence evidence = new LiveEvidence(settings);
        evidence.arms = Arms.restored(settings.routing().discount(), snapshot.thompson());
        evidence.ensemble = Ensemble.restored(state, snapshot.ensemble());
        evidence.experiments = Experiments.restored(state, snapshot.experiments());
        evidence.dropWatch = DropWatch.restored(settings.training().drop(), snapshot.drops());
        evidence.totals = snapshot.totals();
        return evidence;
    }
}
