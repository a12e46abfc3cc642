package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.ModelSettings.Promotion;
import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.policy.Experiment.Toss;
import io.abgate.registry.policy.labels.LabelRecord;
import io.abgate.registry.policy.rollout.Margin;
import io.abgate.registry.policy.rollout.MarginUse;
import io.abgate.registry.policy.rollout.MaturedUnits;
import io.abgate.registry.policy.traffic.LivePair;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is compared in one model: a shadow with the champion, and on live traffic one pair at a time, a canary with the
 * champion or else the champion with the former one. All of them share one salt, which lasts as long as what is compared
 * on live traffic.
 */
final class Experiments {
    /** Keys after which keys are tossed anew, where nothing is to be proven, so that they do not grow without end. */
    private static final int MOST_KEYS = 100_000;

    private final ModelSettings settings;
    private final PastTables routes = new PastTables();
    private PairedComparisons paired = new PairedComparisons();
    private Lags lags = new Lags();
    private long ledgerMillis;
    private String salt;
    private int champion;
    private @Nullable ShadowTrial trial;
    private @Nullable Experiment canary;
    private @Nullable Experiment guard;

    Experiments(ModelSettings settings) {
        this.settings = settings;
        this.salt = settings.name() + "/0";
    }

    /**
     * Stages changed: comparisons whose sides are no longer what they were end, new ones start.
     *
     * @param change null where only a share changed
     */
    void follow(ModelState state, @Nullable StageChanged change, long seq) {
        int former = champion;
        Experiment before = canary;
        champion = number(state, Stage.CHAMPION);
        if (champion != former) {
            redraw(seq);
        }
        followCanary(state, seq);
        followGuard(state, change, before, seq);
        boolean promoted = change != null && champion != former && change.kind() == StageChanged.Kind.PROMOTED;
        if (promoted) {
            inheritMargin(state, former, Optional.ofNullable(before).or(() -> trial().flatMap(ShadowTrial::evidence)));
        }
        paired.follow(state, champion, promoted, toss());
        followTrial(state);
        forget();
    }

    private static int number(ModelState state, Stage stage) {
        return state.ofStage(stage).map(VersionState::number).orElse(0);
    }

    private void redraw(long seq) {
        salt = settings.name() + "/" + seq;
    }

    /** Only tables by which some label can still become a unit are kept. */
    private void forget() {
        Set<String> asked = new HashSet<>(Set.of(salt));
        collected().forEach(tosses -> asked.addAll(tosses.salts()));
        routes.keep(asked);
    }

    private Toss toss() {
        return new Toss(salt, settings.labelling().maturityMillis().orElseGet(lags::maturityMillis));
    }

    private void followCanary(ModelState state, long seq) {
        Optional<VersionState> now = state.ofStage(Stage.CANARY).filter(version -> champion > 0);
        if (now.isEmpty()) {
            canary = null;
        } else if (canary == null || !canary.compares(now.get().number(), champion)) {
            redraw(seq);
            Margin margin = Margin.after(state.rollout().canary().margin(), marginUsed(state, champion))
                    .provenAsShadow(shadowMargin(now.get()));
            canary = Experiment.ofCanary(state, now.get(), state.version(champion), margin, toss());
            now.get().follow(canary);
        }
    }

    /** What the version's trial beside the same champion has just proven. */
    private double shadowMargin(VersionState version) {
        return trial().filter(before -> before.compares(version.number(), champion))
                .flatMap(ShadowTrial::evidence)
                .map(evidence -> evidence.policy().progress().provenInShadow())
                .orElse(Double.NaN);
    }

    private void followGuard(ModelState state, @Nullable StageChanged change, @Nullable Experiment before, long seq) {
        if (guard != null && !guard.compares(champion, number(state, Stage.STANDBY))) {
            guard = null;
        }
        if (change != null && startsGuard(change)) {
            Counts known = before != null && before.version() == champion ? before.units() : Counts.NONE;
            VersionState control = state.ofStage(Stage.STANDBY).orElseThrow();
            guard = Experiment.ofChampion(state, state.version(champion), control, known, toss());
        }
        if (guard != null && guard.suspendedWhile(isClimbing())) {
            redraw(seq); // the canary's told where keys lie
        }
    }

    /** Whether a canary may still move on, or is an operator's: what stayed undecided leaves room for the guard. */
    private boolean isClimbing() {
        return canary != null && !canary.makesWay();
    }

    /** Whether this change makes a champion beside which the former one can be a control. */
    private boolean startsGuard(StageChanged change) {
        return change.kind() == StageChanged.Kind.PROMOTED
                && settings.rollout().controlShare() > 0
                && change.stages().containsValue(Stage.CHAMPION)
                && change.stages().containsValue(Stage.STANDBY);
    }

    /** What is proven of the new champion, or without proof what the former one had used up, binds its successors. */
    private void inheritMargin(ModelState state, int former, Optional<Experiment> before) {
        double owed = marginUsed(state, former);
        MarginUse use = before.filter(experiment -> experiment.compares(champion, former))
                .map(experiment ->
                        experiment.policy().progress().marginUsedIfPromoted().owing(owed))
                .orElse(MarginUse.unproven(owed));
        state.find(champion).ifPresent(version -> version.marginUse(use));
    }

    private double marginUsed(ModelState state, int version) {
        return state.find(version)
                .map(one -> paired.marginUse(state, one).total())
                .orElse(0.0);
    }

    private void followTrial(ModelState state) {
        Optional<VersionState> now = state.ofStage(Stage.SHADOW).filter(version -> champion > 0);
        if (now.isEmpty()) {
            trial = null;
        } else if (trial == null || !trial.compares(now.get().number(), champion)) {
            trial = newTrial(state, now.get());
        }
        followSalt();
    }

    private ShadowTrial newTrial(ModelState state, VersionState shadow) {
        boolean byEvidence = settings.rollout().promotion() == Promotion.EVIDENCE;
        Toss toss = toss();
        Experiment evidence = byEvidence
                ? Experiment.ofShadow(state, shadow, state.version(champion), marginUsed(state, champion), toss)
                : null;
        Pairing matching = Pairing.ofShadow(
                shadow.number(), shadow.facts().labels(), champion, byEvidence ? toss.maturityMillis() : 0);
        return new ShadowTrial(shadow.number(), champion, neededPairs(), matching, evidence);
    }

    private int neededPairs() {
        return settings.rollout().promotion() == Promotion.EVIDENCE
                ? settings.rollout().proof().leastPairs()
                : settings.rollout().labels();
    }

    /** A trial that began again with each new salt would have its error rate once for each: it goes on, like the others. */
    private void followSalt() {
        Stream.concat(trial().flatMap(ShadowTrial::evidence).stream(), live())
                .filter(experiment -> !experiment.salt().equals(salt))
                .forEach(experiment -> experiment.tossAnew(salt));
        paired.followSalt(salt);
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
        int alarms = alarms();
        if (canary != null) {
            canary.outcomes(batch, routes, ledgerMillis, sound);
        }
        if (guard != null) {
            guard.outcomes(batch, routes, ledgerMillis, sound);
        }
        consumed(state, alarms() > alarms);
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
        int alarms = alarms();
        all().forEach(experiment -> experiment.advance(ledgerMillis, sound));
        paired.advance(ledgerMillis);
        consumed(state, alarms() > alarms);
    }

    private int alarms() {
        return guard == null || guard.isSuspended() ? 0 : guard.policy().life().alarms();
    }

    /** A cause is sought with keys that are tossed anew: returning ones have counted already, and would tell no more. */
    private void consumed(ModelState state, boolean seeksCause) {
        if (canary != null && canary.isOnLadder() && mayMove(state, canary)) {
            state.version(canary.version()).follow(canary);
        }
        boolean resumed = guard != null && guard.suspendedWhile(isClimbing());
        boolean tooMany = live().anyMatch(experiment -> experiment.collected().keys() >= MOST_KEYS);
        if (resumed || seeksCause || (tooMany && live().noneMatch(Experiment::isProving))) {
            salt += "'";
            followSalt();
            forget();
        }
        all().forEach(experiment -> experiment.bound(MOST_KEYS));
        paired.bound(MOST_KEYS);
    }

    /** More traffic is a promotion too; less of it, for what stayed undecided, waits for nobody. */
    private static boolean mayMove(ModelState state, Experiment canary) {
        return !RoutePlan.areSharesHeld(state)
                && (canary.makesWay()
                        || (!state.isPaused() && TrafficVerdicts.hold(state).isEmpty()));
    }

    /** What keys are tossed for: a canary, and a guard that it does not suspend. */
    private Stream<Experiment> live() {
        return Stream.concat(canary().stream(), guard().filter(running -> !running.isSuspended()).stream());
    }

    /** Labels of these versions were withdrawn: what they were evidence for starts again. */
    void withdraw(ModelState state, Set<Integer> affected, long seq) {
        if (canary != null && canary.concerns(affected)) {
            canary = null;
            followCanary(state, seq);
        }
        if (guard != null) {
            guard.suspendedWhile(isClimbing());
        }
        if (guard != null && guard.concerns(affected)) {
            if (!guard.isSuspended()) {
                redraw(seq);
            }
            guard.restart(salt);
        }
        if (affected.contains(champion) && trial != null) {
            state.version(trial.candidate()).life().forgetGains();
            trial.restart(salt);
        }
        paired.withdraw(affected, salt);
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
        Optional<Experiment> shadow = trial().flatMap(ShadowTrial::evidence);
        return Stream.of(shadow, canary(), guard()).flatMap(Optional::stream).toList();
    }

    /** What is compared on live traffic now: the canary, else the champion while its guard runs. */
    Optional<LivePair> livePair() {
        return canary().or(() -> guard().filter(running -> !running.isSuspended()))
                .map(running -> new LivePair(salt, running.version(), running.control()));
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

    int champion() {
        return champion;
    }

    String salt() {
        return salt;
    }

    Optional<ShadowTrial> trial() {
        return Optional.ofNullable(trial);
    }

    Optional<Experiment> canary() {
        return Optional.ofNullable(canary);
    }

    Optional<Experiment> guard() {
        return Optional.ofNullable(guard);
    }

    ModelSnapshot.Experiments snapshot() {
        return new ModelSnapshot.Experiments(
                salt,
                champion,
                routes.all(),
                lags.snapshot(),
                ledgerMillis,
                trial == null ? null : trial.snapshot(),
                canary == null ? null : canary.snapshot(),
                guard == null ? null : guard.snapshot(),
                paired.snapshot());
    }

    static Experiments restored(ModelState state, ModelSnapshot.Experiments snapshot) {
        Experiments all = new Experiments(state.settings());
        all.salt = snapshot.salt();
        all.champion = snapshot.champion();
        snapshot.routes().forEach(all.routes::add);
        all.lags = Lags.restored(snapshot.lags());
        all.ledgerMillis = snapshot.ledgerMillis();
        ModelSnapshot.Trial trialBefore = snapshot.trial();
        all.trial = trialBefore == null ? null : ShadowTrial.restored(state, trialBefore, all.neededPairs());
        all.canary = experiment(state, snapshot.canary());
        all.guard = experiment(state, snapshot.guard());
        all.paired = PairedComparisons.restored(state, snapshot.champion(), snapshot.paired());
        return all;
    }

    private static @Nullable Experiment experiment(ModelState state, ModelSnapshot.@Nullable Experiment before) {
        return before == null ? null : Experiment.restored(state, before);
    }
}
