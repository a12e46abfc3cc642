package io.abgate.registry;

import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.DrillOrder;
import io.abgate.registry.contract.DrillReply;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Inspection;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.ModelSettings.Monitor;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.BaselineTaken;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.Degradation;
import io.abgate.registry.policy.Degradation.Finding;
import io.abgate.registry.policy.DrillBegan;
import io.abgate.registry.policy.Fall;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.RetrainingRule;
import io.abgate.registry.policy.StageChanged;
import io.abgate.registry.policy.StageChanged.Kind;
import io.abgate.registry.policy.VersionRegistered;
import io.abgate.registry.policy.VersionState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drills: a copy of the champion that was made worse on purpose is measured, and, if the operator gives it a share, is a
 * canary that the evidence is to take back. The champion and its artifact are not touched, so that ending a drill puts
 * everything back. On the writer thread.
 */
final class Drills {
    private static final double DEFAULT_SCALE = 0.1;
    private static final long DEFAULT_SEED = 7;
    private static final String DEFAULT_TTL = "1h";
    private static final String[] PARAMETERS = {"scale", "seed", "share", "ttl", "reason", "end"};

    private final Books books;
    private final Jobs jobs;
    private final InstantSource clock;
    private final Consumer<String> settle;

    /**
     * Drills on these books.
     *
     * @param settle does what follows for a model when something was committed, and throws nothing
     */
    Drills(Books books, Jobs jobs, InstantSource clock, Consumer<String> settle) {
        this.books = books;
        this.jobs = jobs;
        this.clock = clock;
        this.settle = settle;
    }

    /**
     * What is to be done.
     *
     * @param ttl zero without a share
     */
    record Plan(Operation operation, int of, DrillOrder order, double share, Duration ttl, String reason) {}

    /** Whether an operation is one that ends a drill. */
    boolean ends(Operation operation) {
        return operation.kind() == Operation.Kind.DRILL
                && Parameters.of(operation, PARAMETERS).flag("end", false);
    }

    /** What an operator asks for; refused as CONFLICT without a champion, or while something else is compared. */
    Plan plan(Operation operation) {
        Parameters parameters = Parameters.of(operation, PARAMETERS);
        double scale = parameters.number("scale", DEFAULT_SCALE);
        Parameters.check(scale > 0 && Double.isFinite(scale), "scale", scale, "a finite number above 0");
        double share = parameters.number("share", 0);
        Parameters.check(share >= 0 && share < 1, "share", share, "a number from 0 (none) to below 1");
        Parameters.check(
                share > 0 || !parameters.has("ttl"), "ttl", parameters.text("ttl", ""), "one only beside a share");
        Duration ttl = share > 0 ? parameters.duration("ttl", DEFAULT_TTL) : Duration.ZERO;
        ModelState state = books.state(operation.model());
        VersionState champion = state.ofStage(Stage.CHAMPION)
                .orElseThrow(() -> Failure.CONFLICT.because("drill: the model has no champion yet"));
        checkFree(state, share);
        long seed = parameters.whole("seed", DEFAULT_SEED);
        DrillOrder order = new DrillOrder(new Artifact(jobs.artifact(champion)), scale, seed, jobs.judging(state));
        return new Plan(operation, champion.number(), order, share, ttl, parameters.text("reason", Rollouts.BY_HAND));
    }

    /** Of two things that happen at once nobody could say which one did what. */
    private static void checkFree(ModelState state, double share) {
        for (Stage stage : List.of(Stage.CANARY, Stage.SHADOW)) {
            state.ofStage(stage).ifPresent(other -> {
                throw Failure.CONFLICT.because(Check.message(
                        "drill",
                        "version " + other.number() + " is " + stage,
                        "no experiment under way; abort it first"));
            });
        }
        if (share > 0 && state.isFrozen()) {
            throw Failure.CONFLICT.because(
                    "drill: rollbacks are frozen, nobody would take it back (expected: resume first)");
        }
        boolean shares = state.mode() == RoutingMode.SPLIT || state.mode() == RoutingMode.ADAPTIVE;
        if (share > 0 && !shares) {
            throw Failure.CONFLICT.because("share: routing mode "
                    + state.mode().name().toLowerCase(Locale.ROOT)
                    + " gives none to a canary (expected: split or adaptive)");
        }
    }

    /** Keeps what was made and measured, gives it its share, and tells all of it. */
    Answer ended(Plan plan, DrillReply reply) {
        Operation operation = plan.operation;
        ModelState state = books.state(operation.model());
        checkFree(state, plan.share);
        if (state.ofStage(Stage.CHAMPION).filter(now -> now.number() == plan.of).isEmpty()) {
            throw Failure.CONFLICT.because("drill: version " + plan.of + " is no longer the champion");
        }
        Optional<VersionState> known = state.findBySha(reply.copy().sha256());
        known.ifPresent(Drills::checkOwn);
        int version = known.map(VersionState::number).orElseGet(state::nextVersion);
        DrillBegan begun = begun(state, plan, version, reply);
        Stage stage =
                plan.share > 0 ? Stage.CANARY : known.map(VersionState::stage).orElse(Stage.RETIRED);
        String told =
                DrillText.report(state, begun, reply.copy().sha256(), stage).encode();
        List<Change> changes = new ArrayList<>();
        if (known.isEmpty()) {
            changes.add(registered(begun, reply.copy()));
        }
        moved(begun, known).ifPresent(changes::add);
        changes.add(begun);
        books.commit(operation.actor(), operation.model(), transaction -> {
            transaction.artifact(reply.copy().sha256(), reply.copy().bytes());
            Idempotency.keep(transaction, operation, 200, told);
            return changes;
        });
        settle.accept(operation.model());
        return new Answer(200, told);
    }

    private static void checkOwn(VersionState known) {
        if (!known.isDrill()) {
            throw Failure.CONFLICT.because("drill: the copy would be version " + known.number()
                    + " (expected: another seed or scale, as that one may serve)");
        }
    }

    private DrillBegan begun(ModelState state, Plan plan, int version, DrillReply reply) {
        Measurement after = reply.after();
        Measurement before =
                state.monitoring().baseline().map(BaselineTaken::measurement).orElse(reply.before());
        Judgement judgement = before == null || after == null
                ? Judgement.NONE
                : judged(state.settings().monitor(), before, after);
        return new DrillBegan(
                version,
                plan.of,
                plan.order.scale(),
                plan.order.seed(),
                plan.share,
                plan.share > 0 ? clock.millis() + plan.ttl.toMillis() : 0,
                before,
                after,
                judgement.findings,
                judgement.asks,
                plan.reason);
    }

    /** What a check would say of a champion that has become so. */
    private record Judgement(
            List<Finding> findings, @Nullable String asks) {
        static final Judgement NONE = new Judgement(List.of(), null);
    }

    private static Judgement judged(Monitor monitor, Measurement before, Measurement after) {
        RetrainingRule rule = RetrainingRule.of(monitor);
        Fall fall = Fall.between(before.score(), after.score());
        return new Judgement(
                Degradation.of(fall, before, after, monitor.alerts()),
                rule.asks(List.of(Optional.of(fall))).orElse(null));
    }

    private VersionRegistered registered(DrillBegan begun, Inspection copy) {
        return new VersionRegistered(
                begun.version(),
                copy.sha256(),
                copy.format(),
                copy.labels(),
                copy.input(),
                begun.of(),
                null,
                DrillBegan.DRILL,
                "version " + begun.of() + " with noise of " + begun.scale() + " on its weights, seed " + begun.seed(),
                List.of(DrillBegan.DRILL),
                null,
                clock.millis());
    }

    private static Optional<StageChanged> moved(DrillBegan begun, Optional<VersionState> known) {
        int version = begun.version();
        if (begun.share() > 0) {
            return Optional.of(new StageChanged(
                    Kind.CANARIED,
                    version,
                    Map.of(version, Stage.CANARY),
                    begun.share(),
                    "a drill: " + begun.reason(),
                    Map.of("share", begun.share()),
                    false));
        }
        return known.isPresent() ? Optional.empty() : Optional.of(ended(version, "the drill only measured it"));
    }

    private static StageChanged ended(int version, String reason) {
        return StageChanged.of(Kind.ABORTED, version, Stage.RETIRED, reason);
    }

    /** Takes the copy's share away; refused as CONFLICT when none runs. */
    void end(Operation operation) {
        Parameters parameters = Parameters.of(operation, "end", "reason");
        DrillBegan running = books.state(operation.model())
                .drill()
                .orElseThrow(() -> Failure.CONFLICT.because("drill: none is running (expected: one, to end it)"));
        books.commit(operation, ended(running.version(), parameters.text("reason", Rollouts.BY_HAND)));
    }

    /** Ends drills whose time is over. */
    void expire() {
        for (ModelState state : books.states()) {
            state.drill()
                    .filter(running -> running.untilMillis() <= clock.millis())
                    .ifPresent(running -> books.commit(
                            "registry", state.settings().name(), ended(running.version(), "the drill's time is over")));
        }
    }
}
