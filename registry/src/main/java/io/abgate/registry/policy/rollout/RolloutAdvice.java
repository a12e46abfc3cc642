package io.abgate.registry.policy.rollout;

import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.policy.rollout.Advice.Kind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads off a rollout what is called for, and puts it into words. */
final class RolloutAdvice {
    private static final String SPLIT =
            "the split is broken: units of the two versions do not come as often as they were meant to";

    private static final String HELD = "live accuracy fell, and no half of the requests goes to the control to seek the"
            + " cause while the split is broken: its comparison would be of a broken split";

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
        LifeLedger life = policy.life().wealth();
        if (life.isSpent()) {
            String marked = policy.live().isSplitBroken() ? "; " + SPLIT : "";
            return advice(
                    Kind.ROLL_BACK,
                    String.format(
                            Locale.ROOT,
                            "%s: the e-value reached %.1f, the threshold is %.0f%s",
                            policy.phase() == Phase.SHADOW
                                    ? "worse than the champion on the same requests"
                                    : "worse than the control beside it",
                            life.peak(),
                            life.threshold(),
                            marked));
        }
        return switch (policy.phase()) {
            case SHADOW -> shadow();
            case CANARY -> unlessSplitIsBroken(canary());
            case GUARD, ATTRIBUTION -> unlessSplitIsBroken(champion());
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
        double proven = policy.progress().provenMargin();
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

    /** What was found stands until it is answered, also while the cause of a second fall is sought. */
    private Advice champion() {
        Attribution search = policy.watch().search();
        if (search.found() > 0) {
            return advice(
                    Kind.RETRAIN,
                    "live accuracy fell and the control is no better after " + search.found() + " labels");
        }
        if (policy.phase() == Phase.ATTRIBUTION) {
            return advice(Kind.HOLD, "live accuracy fell: seeking the cause, " + search.labels() + " labels so far");
        }
        return advice(Kind.HOLD, policy.watch().alarms() ? HELD : "no evidence against the champion");
    }

    private Advice unlessSplitIsBroken(Advice advice) {
        boolean waitsForIt = advice.kind() != Kind.HOLD || policy.phase() == Phase.ATTRIBUTION;
        return !waitsForIt || !policy.live().isSplitBroken()
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
        LifeLedger life = policy.life().wealth();
        boolean back = kind == Kind.ROLL_BACK; // it rests on the highest e-value, which may have fallen since
        double e = back ? life.peak() : life.g();
        figures.put("eValue", e);
        figures.put("threshold", life.threshold());
        figures.put("missing", (double) policy.progress().leastMissing());
        figures.put("riskStaked", settings.alpha() * (1 - life.u()));
        figures.put("riskBound", settings.alpha() * (e + life.u()));
        if (policy.phase() == Phase.SHADOW) {
            paired(figures);
        } else {
            live(figures);
        }
        if (back) {
            figures.putAll(atPeak());
        }
        return new Advice(kind, reason, figures);
    }

    private Map<String, Double> atPeak() {
        Counts ofNew = policy.life().newAtPeak();
        Counts ofControl = policy.life().controlAtPeak();
        return policy.phase() == Phase.SHADOW
                ? Map.of(
                        "labels", (double) ofNew.labels(),
                        "accuracy", ofNew.accuracy(),
                        "controlAccuracy", ofControl.accuracy())
                : Map.of(
                        "labels",
                        (double) ofNew.labels() + ofControl.labels(),
                        "newScore",
                        ofNew.scoreSum(),
                        "newLabels",
                        (double) ofNew.labels(),
                        "controlScore",
                        ofControl.scoreSum(),
                        "controlLabels",
                        (double) ofControl.labels());
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
        LiveTraffic live = policy.live();
        figures.put("labels", (double) live.units());
        figures.put("newScore", live.ofNew().scoreSum());
        figures.put("newLabels", (double) live.ofNew().labels());
        figures.put("controlScore", live.ofControl().scoreSum());
        figures.put("controlLabels", (double) live.ofControl().labels());
        figures.put("split", policy.live().split().peak());
        figures.put("alarms", (double) policy.life().alarms());
        if (policy.phase() == Phase.CANARY) {
            figures.put("nonInferiority", policy.live().proofs().proof());
            figures.put("margin", policy.live().proofs().largest());
        } else if (policy.watch().fall().isWatching()) {
            figures.put("baseline", policy.watch().fall().baseline());
        }
    }
}
