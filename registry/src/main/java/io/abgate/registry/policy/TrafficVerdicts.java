package io.abgate.registry.policy;

import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.TriggerActions;
import io.abgate.registry.domain.TriggerActions.Action;
import io.abgate.registry.evidence.ExcessRateTest.Tally;
import io.abgate.registry.policy.Verdict.Kind;
import io.abgate.registry.policy.traffic.Guardrail;
import io.abgate.registry.policy.traffic.GuardrailLife;
import io.abgate.registry.policy.traffic.LivePair;
import io.abgate.registry.policy.traffic.Reading;
import io.abgate.registry.policy.traffic.SplitArrivals;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What follows from requests alone: a version that fails or is slow is taken back, a broken split stops promotions. */
public final class TrafficVerdicts {
    private static final String ERRORS = "errors";
    private static final String LATENCY = "latency";

    private TrafficVerdicts() {}

    /** A guardrail that the version of the running experiment has run into. */
    record Hit(LivePair experiment, String does, String name, Guardrail rail, Action action) {
        String says() {
            Tally ofNew = rail.newAtPeak();
            Tally ofControl = rail.controlAtPeak();
            Reading reading = rail.nearest();
            return String.format(
                    Locale.ROOT,
                    "%s more than %.1f points oftener than version %d beside it"
                            + " (%d of %d requests against %d of %d; the e-value reached %.1f, the threshold is %.0f)",
                    does,
                    100 * rail.margin(),
                    experiment.control(),
                    ofNew.bad(),
                    ofNew.units(),
                    ofControl.bad(),
                    ofControl.units(),
                    reading.peak(),
                    reading.threshold());
        }
    }

    /** Those that were hit and not taken back yet, the canary's before the champion's, errors first. */
    static Stream<Hit> hits(ModelState state) {
        return Stream.of(state.canary(), state.championGuard())
                .flatMap(Optional::stream)
                .map(one -> new LivePair(state.salt(), one.version(), one.control()))
                .flatMap(pair ->
                        state.traffic().against(pair.version()).stream().flatMap(life -> hits(state, pair, life)));
    }

    private static Stream<Hit> hits(ModelState state, LivePair running, GuardrailLife life) {
        TriggerActions actions = state.settings().rollout().traffic().actions();
        return Stream.of(
                        life.errors().map(rail -> new Hit(running, "fails", ERRORS, rail, actions.errors())),
                        life.slow().map(rail -> new Hit(running, "is slow", LATENCY, rail, actions.latency())))
                .flatMap(Optional::stream)
                .filter(hit -> hit.rail().isSpent());
    }

    /** ROLL_BACK when a guardrail calls for it; no champion is taken back while nobody could answer in its place. */
    static Optional<Verdict> rollback(ModelState state, boolean standbyAnswers) {
        if (state.isFrozen()) {
            return Optional.empty();
        }
        return hits(state)
                .filter(hit -> hit.action() == Action.ROLLBACK)
                .filter(hit -> standbyAnswers || !isChampion(state, hit.experiment()))
                .findFirst()
                .map(hit -> new Verdict(
                        Kind.ROLL_BACK,
                        hit.experiment().version(),
                        hit.says() + brokenSplit(state).map(why -> "; " + why).orElse(""),
                        figures(hit)));
    }

    private static boolean isChampion(ModelState state, LivePair running) {
        return state.ofStage(Stage.CHAMPION)
                .filter(champion -> champion.number() == running.version())
                .isPresent();
    }

    private static Map<String, Object> figures(Hit hit) {
        Map<String, Object> figures = new HashMap<>();
        Guardrail rail = hit.rail();
        figures.put("guardrail", hit.name());
        figures.put("control", hit.experiment().control());
        figures.put("units", rail.newAtPeak().units());
        figures.put("bad", rail.newAtPeak().bad());
        figures.put("controlUnits", rail.controlAtPeak().units());
        figures.put("controlBad", rail.controlAtPeak().bad());
        figures.put("margin", rail.margin());
        figures.put("eValue", rail.nearest().peak());
        figures.put("threshold", rail.nearest().threshold());
        return figures;
    }

    /** Whether requests, or their labels, do not come to the two of the running experiment as the split means them to. */
    static boolean isSplitBroken(ModelState state) {
        return brokenByRequests(state).isPresent()
                || state.running()
                        .filter(one -> one.policy().live().isSplitBroken())
                        .isPresent();
    }

    /** Why the split of the running experiment is taken for broken, if it is: by all requests, or by those with a label. */
    public static Optional<String> brokenSplit(ModelState state) {
        return brokenByRequests(state)
                .map(arrivals -> says(state.livePair().orElseThrow(), arrivals))
                .or(() -> state.running()
                        .flatMap(one -> one.policy().live().brokenSplit().map(found -> says(one, found))));
    }

    private static Optional<SplitArrivals> brokenByRequests(ModelState state) {
        return state.livePair().flatMap(state.traffic()::arrivals).filter(SplitArrivals::isBroken);
    }

    private static String says(Experiment running, String found) {
        return "labelled keys do not come from versions " + running.version() + " and " + running.control()
                + " as the split means them to (" + found + ")";
    }

    private static String says(LivePair running, SplitArrivals arrivals) {
        return String.format(
                Locale.ROOT,
                "requests do not come to versions %d and %d as the split means them to"
                        + " (%d of %d to version %d, %.0f expected; the e-value reached %.1f, the threshold is %.0f)",
                running.version(),
                running.control(),
                arrivals.ofNew(),
                arrivals.ofNew() + arrivals.ofControl(),
                running.version(),
                arrivals.expectedNew(),
                arrivals.nearest().peak(),
                arrivals.nearest().threshold());
    }

    /**
     * Why nothing is promoted by itself and the shares stay as they are, if so: the split is broken, or evidence stands
     * whose action is to hold, or to take a version back as soon as that can be done.
     */
    public static Optional<String> hold(ModelState state) {
        return holdOfShares(state).or(() -> waitingRollback(state));
    }

    /** What holds adaptive shares too; not what is proven against a version, which is to have less of the traffic. */
    public static Optional<String> holdOfShares(ModelState state) {
        return brokenSplit(state)
                .or(() -> hits(state)
                        .filter(hit -> hit.action() == Action.HOLD)
                        .findFirst()
                        .map(TrafficVerdicts::says))
                .or(() -> accuracyHold(state));
    }

    /** A person has looked at what holds promotions and shares, and lets the versions go on: it is forgotten. */
    static void forgetHolds(ModelState state) {
        hits(state).filter(hit -> hit.action() == Action.HOLD).toList().forEach(hit -> hit.rail()
                .forgetGains());
        if (state.settings().rollout().traffic().actions().accuracy() == Action.HOLD) {
            Stream.of(state.canary(), state.championGuard())
                    .flatMap(Optional::stream)
                    .filter(Experiment::isSpent)
                    .forEach(one -> one.policy().life().wealth().forgetGains());
        }
    }

    /** A champion that is to be taken back, and cannot be yet: who is promoted meanwhile would make it a control. */
    private static Optional<String> waitingRollback(ModelState state) {
        TriggerActions actions = state.settings().rollout().traffic().actions();
        boolean byLabels = state.supervision().oversight().decisions().bySequentialEvidence()
                && actions.accuracy() == Action.ROLLBACK;
        return Decisions.worse(state)
                .filter(verdict -> byLabels)
                .map(TrafficVerdicts::says)
                .or(() -> hits(state)
                        .filter(hit -> hit.action() == Action.ROLLBACK)
                        .findFirst()
                        .map(TrafficVerdicts::says));
    }

    /** What people are to know, by the kind of its alert; empty where there is nothing. */
    static Map<Degradation.Kind, Optional<String>> findings(ModelState state) {
        Action accuracy = state.settings().rollout().traffic().actions().accuracy();
        Map<Degradation.Kind, Optional<String>> findings = new EnumMap<>(Degradation.Kind.class);
        findings.put(Degradation.Kind.SPLIT_BROKEN, brokenSplit(state));
        findings.put(Degradation.Kind.FAILING, left(state, ERRORS));
        findings.put(Degradation.Kind.SLOW, left(state, LATENCY));
        findings.put(Degradation.Kind.LESS_ACCURATE, accuracy == Action.ROLLBACK ? Optional.empty() : worse(state));
        return findings;
    }

    private static Optional<String> left(ModelState state, String name) {
        return hits(state)
                .filter(hit -> hit.name().equals(name) && hit.action() != Action.ROLLBACK)
                .findFirst()
                .map(TrafficVerdicts::says);
    }

    private static String says(Hit hit) {
        return "version " + hit.experiment().version() + " " + hit.says();
    }

    private static Optional<String> worse(ModelState state) {
        return Decisions.worse(state).map(TrafficVerdicts::says);
    }

    private static String says(Verdict worse) {
        return "version " + worse.version() + " is " + worse.reason();
    }

    private static Optional<String> accuracyHold(ModelState state) {
        return state.settings().rollout().traffic().actions().accuracy() == Action.HOLD
                ? worse(state)
                : Optional.empty();
    }

    /** The verdict that is left of one when requests have their say. */
    static Optional<Verdict> unlessHeld(ModelState state, Verdict verdict) {
        boolean held =
                switch (verdict.kind()) {
                    case PROMOTE -> hold(state).isPresent();
                    case RETRAIN -> brokenSplit(state).isPresent();
                    case ROLL_BACK, HOLD -> false;
                };
        return held ? Optional.empty() : Optional.of(verdict);
    }

    /** A rollback for what labels say, marked when the split is broken. */
    static Verdict marked(ModelState state, Verdict rollback) {
        return brokenSplit(state)
                .map(why -> new Verdict(
                        rollback.kind(), rollback.version(), rollback.reason() + "; " + why, rollback.figures()))
                .orElse(rollback);
    }
}
