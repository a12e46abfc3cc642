package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.policy.rollout.Advice.Kind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads off a rollout what is called for, and puts it into words. */
final class RolloutAdvice {
    private static final String SPLIT =
            "the split is broken: units of the two versions do not come as often as they were meant to";

    private final RolloutPolicy policy;
    private final RolloutSettings settings;

    private RolloutAdvice(RolloutPolicy policy) {
        this.policy = policy;
        this.settings = policy.settings();
    }

    static Advice of(RolloutPolicy policy) {
        return new RolloutAdvice(policy).advice();
    }

    private Advice advice() {
        LifeLedger life = policy.life();
        if (life.isSpent()) {
            String marked = policy.isSplitBroken() ? "; " + SPLIT : "";
            return advice(
                    Kind.ROLL_BACK,
                    String.format(
                            Locale.ROOT,
                            "%s: the e-value reached %.1f, the threshold is %.0f%s",
                            policy.phase() == Phase.SHADOW
                                    ? "worse than the champion on the same requests"
                                    : "worse than the control beside it",
                            life.g(),
                            life.threshold(),
                            marked));
        }
        return switch (policy.phase()) {
            case SHADOW -> shadow();
            case CANARY -> unlessSplitIsBroken(canary());
            case GUARD -> advice(Kind.HOLD, "no evidence against the champion");
            case ATTRIBUTION -> unlessSplitIsBroken(attribution());
        };
    }

    private Advice shadow() {
        PairedEvidence paired = policy.paired();
        double alpha = settings.alphaPromotion();
        if (paired.passes(alpha)) {
            return advice(Kind.PROMOTE, notWorse(settings.shadow().margin(), paired.pairs() + " labelled copies"));
        }
        return advice(
                Kind.HOLD,
                (policy.progress().isUndecided() ? "undecided after " : "not decided yet after ")
                        + paired.pairs()
                        + " labelled copies"
                        + mistrust());
    }

    private Advice canary() {
        long units = policy.live().units();
        double proven = policy.provenMargin();
        if (policy.ladder().isClimbed() && !Double.isNaN(proven)) {
            return advice(Kind.PROMOTE, notWorse(proven, units + " labelled keys"));
        }
        return advice(
                Kind.HOLD,
                (policy.progress().isUndecided() ? "undecided after " : "not decided yet after ")
                        + units
                        + " labelled keys"
                        + mistrust());
    }

    private String mistrust() {
        return policy.dependence()
                .map(dependence -> ", of which only those count that were asked for by lot: " + dependence)
                .orElse("");
    }

    private Advice attribution() {
        long units = policy.live().units();
        return units >= settings.attribution().units()
                ? advice(
                        Kind.RETRAIN,
                        "live accuracy fell and the control is no better after " + units + " labelled keys")
                : advice(Kind.HOLD, "live accuracy fell: seeking the cause, " + units + " labelled keys so far");
    }

    private Advice unlessSplitIsBroken(Advice advice) {
        return advice.kind() == Kind.HOLD || !policy.isSplitBroken()
                ? advice
                : advice(Kind.HOLD, SPLIT + "; otherwise: " + advice.reason());
    }

    private static String notWorse(double margin, String sample) {
        return margin == 0
                ? "proven better on " + sample
                : String.format(Locale.ROOT, "proven less than %.1f points worse on %s", 100 * margin, sample);
    }

    private Advice advice(Kind kind, String reason) {
        Map<String, Double> figures = new LinkedHashMap<>();
        LifeLedger life = policy.life();
        figures.put("eValue", life.g());
        figures.put("threshold", life.threshold());
        figures.put("missing", (double) policy.progress().leastMissing());
        figures.put("riskStaked", settings.alpha() * (1 - life.u()));
        figures.put("riskBound", settings.alpha() * (life.g() + life.u()));
        if (policy.phase() == Phase.SHADOW) {
            paired(figures);
        } else {
            live(figures);
        }
        return new Advice(kind, reason, figures);
    }

    private void paired(Map<String, Double> figures) {
        PairedEvidence paired = policy.paired();
        figures.put("labels", (double) paired.pairs());
        if (paired.pairs() > 0) {
            figures.put("accuracy", paired.candidateAccuracy());
            figures.put("controlAccuracy", paired.championAccuracy());
        }
        figures.put("nonInferiority", paired.proof());
        figures.put("margin", settings.shadow().margin());
    }

    private void live(Map<String, Double> figures) {
        LiveComparison live = policy.live();
        figures.put("labels", (double) live.units());
        figures.put("newScore", live.ofNew().scoreSum());
        figures.put("newLabels", (double) live.ofNew().labels());
        figures.put("controlScore", live.ofControl().scoreSum());
        figures.put("controlLabels", (double) live.ofControl().labels());
        figures.put("split", policy.split().peak());
        figures.put("alarms", (double) policy.alarms());
        if (policy.phase() == Phase.CANARY) {
            figures.put("nonInferiority", policy.proofs().proof());
            figures.put("margin", policy.proofs().largest());
        } else if (policy.fall().isWatching()) {
            figures.put("baseline", policy.fall().baseline());
        }
    }
}
