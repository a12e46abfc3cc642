package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.Experiment.Toss;
import io.abgate.registry.policy.labels.LabelRecord;
import io.abgate.registry.policy.rollout.MaturedUnits;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is compared in one model, and what labels feed it: a shadow with the champion, a canary or a champion with its
 * control on live traffic, and the same two on the same requests. Keys of all of them are tossed with the salt of what is
 * compared on live traffic.
 */
final class Experiments {
    /** Keys after which keys are tossed anew, where nothing is to be proven, so that they do not grow without end. */
    static final int MOST_KEYS = 100_000;

    private final ModelSettings settings;
    private final PastTables routes = new PastTables();
    private LiveExperiments live;
    private PairedComparisons paired = new PairedComparisons();
    private Lags lags = new Lags();
    private long ledgerMillis;
    private @Nullable ShadowTrial trial;

    Experiments(ModelSettings settings) {
        this.settings = settings;
        this.live = new LiveExperiments(settings);
    }

    /**
     * Stages changed: comparisons whose sides are no longer what they were end, new ones start.
     *
     * @param change null where only a share changed
     */
    void follow(ModelState state, @Nullable StageChanged change, long seq) {
        int former = live.champion();
        Optional<Experiment> before = live.canary();
        Margins margins = new Margins(state, paired, trial);
        live.follow(state, change, seq, margins, maturityMillis());
        boolean promoted = change != null && live.champion() != former && change.kind() == StageChanged.Kind.PROMOTED;
        if (promoted) {
            margins.inherit(live.champion(), former, before);
        }
        paired.follow(state, live.champion(), promoted, toss());
        followTrial(state, margins);
        followSalt();
        forget();
    }

    /** Only tables by which some label can still become a unit are kept. */
    private void forget() {
        Set<String> asked = new HashSet<>(Set.of(live.salt()));
        collected().forEach(tosses -> asked.addAll(tosses.salts()));
        routes.keep(asked);
    }

    private Toss toss() {
        return new Toss(live.salt(), maturityMillis());
    }

    private long maturityMillis() {
        return settings.labelling().maturityMillis().orElseGet(lags::maturityMillis);
    }

    private void followTrial(ModelState state, Margins margins) {
        int champion = live.champion();
        Optional<VersionState> now = state.ofStage(Stage.SHADOW).filter(version -> champion > 0);
        if (now.isEmpty()) {
            trial = null;
        } else if (trial == null || !trial.compares(now.get().number(), champion)) {
            trial = ShadowTrial.of(state, now.get(), state.version(champion), margins.used(champion), toss());
        }
    }

    /** A trial that began again with each new salt would have its error rate once for each: it goes on, like the others. */
    private void followSalt() {
        Stream.concat(shadow().stream(), live.tossed())
                .filter(experiment -> !experiment.salt().equals(live.salt()))
                .forEach(experiment -> experiment.tossAnew(live.salt()));
        paired.followSalt(live.salt());
    }

    void route(RouteTable table) {
        if (collected().findAny().isEmpty()) {
            routes.clear(); // only an experiment asks for the shares of an epoch
        }
        routes.add(table);
    }

    /** Labels were committed together, at this time. */
    void outcomes(ModelState state, List<Outcome> batch, long atMillis) {
        ledgerMillis = MaturedUnits.onward(ledgerMillis, atMillis);
        batch.forEach(outcome -> lags.add(atMillis - outcome.id().timeMillis()));
        if (trial != null) {
            trial.outcomes(batch, routes, ledgerMillis);
        }
        paired.outcomes(batch, routes, ledgerMillis);
        boolean sound = !TrafficVerdicts.isSplitBroken(state);
        int alarms = live.alarms();
        live.outcomes(batch, routes, ledgerMillis, sound);
        counted(state, live.alarms() > alarms);
    }

    /** The champion's own answer to a request that others voted on too got its label. */
    void alone(Outcome own) {
        if (trial != null) {
            trial.outcomes(List.of(own), routes, ledgerMillis);
        }
        paired.outcomes(List.of(own), routes, ledgerMillis);
    }

    /** Time went on, by the ledger: what was waiting for it counts. */
    void advance(ModelState state, long atMillis) {
        ledgerMillis = MaturedUnits.onward(ledgerMillis, atMillis);
        boolean sound = !TrafficVerdicts.isSplitBroken(state);
        int alarms = live.alarms();
        all().forEach(experiment -> experiment.advance(ledgerMillis, sound));
        paired.advance(ledgerMillis);
        counted(state, live.alarms() > alarms);
    }

    private void counted(ModelState state, boolean seeksCause) {
        if (live.counted(state, seeksCause)) {
            followSalt();
            forget();
        }
        all().forEach(experiment -> experiment.bound(MOST_KEYS));
        paired.bound(MOST_KEYS);
    }

    /** Labels of these versions were withdrawn: what they were evidence for starts again. */
    void withdraw(ModelState state, Set<Integer> affected, long seq) {
        live.withdraw(state, affected, seq, new Margins(state, paired, trial), maturityMillis());
        if (affected.contains(live.champion()) && trial != null) {
            state.version(trial.candidate()).life().forgetGains();
            trial.restart(live.salt());
        }
        paired.withdraw(affected, live.salt());
        followSalt();
        forget();
    }

    /** Which labels may speak for a version. */
    void trust(LabelRecord labels) {
        all().forEach(experiment -> experiment.trust(labels));
        paired.trust(labels);
    }

    void shadowAnswer(long timeMillis, long nonce, int version, int label) {
        if (trial != null) {
            trial.answer(timeMillis, nonce, version, label, ledgerMillis);
            trial.evidence().ifPresent(evidence -> evidence.bound(MOST_KEYS));
        }
        paired.answer(timeMillis, nonce, version, label, ledgerMillis);
    }

    /** When the oldest label that waits for its turn will have it; empty when none waits. */
    Optional<Long> dueMillis() {
        return collected().flatMap(tosses -> tosses.dueMillis().stream()).min(Long::compare);
    }

    private Stream<Tosses> collected() {
        return Stream.concat(all().stream().map(Experiment::collected), paired.collected());
    }

    private List<Experiment> all() {
        return Stream.of(shadow(), live.canary(), live.guard())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Experiment> shadow() {
        return trial().flatMap(ShadowTrial::evidence);
    }

    /** What is compared on live traffic. */
    LiveExperiments live() {
        return live;
    }

    /** Its pairs with its control on live traffic, if there are any. */
    Optional<PairedComparison> pairedComparison(int version) {
        return paired.of(version);
    }

    /** The table of an epoch of the running experiment; null when it is unknown. */
    @Nullable
    RouteTable routeAt(long epoch) {
        return routes.at(epoch);
    }

    Optional<ShadowTrial> trial() {
        return Optional.ofNullable(trial);
    }

    ModelSnapshot.Experiments snapshot() {
        return new ModelSnapshot.Experiments(
                live.salt(),
                live.champion(),
                routes.all(),
                lags.snapshot(),
                ledgerMillis,
                trial == null ? null : trial.snapshot(),
                live.canary().map(Experiment::snapshot).orElse(null),
                live.guard().map(Experiment::snapshot).orElse(null),
                paired.snapshot());
    }

    static Experiments restored(ModelState state, ModelSnapshot.Experiments snapshot) {
        Experiments all = new Experiments(state.settings());
        all.live = LiveExperiments.restored(state, snapshot);
        snapshot.routes().forEach(all.routes::add);
        all.lags = Lags.restored(snapshot.lags());
        all.ledgerMillis = snapshot.ledgerMillis();
        ModelSnapshot.Trial trialBefore = snapshot.trial();
        all.trial = trialBefore == null ? null : ShadowTrial.restored(state, trialBefore);
        all.paired = PairedComparisons.restored(state, snapshot.champion(), snapshot.paired());
        return all;
    }
}
