package io.abgate.registry;

import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.policy.Experiment;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.ShadowTrial;
import io.abgate.registry.policy.Tosses;
import io.abgate.registry.policy.rollout.Advice;
import io.abgate.registry.policy.rollout.Progress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How far versions are on their way to champion, as people and programs read it. */
final class RolloutText {
    private RolloutText() {}

    /** The canary, then the shadow where evidence decides on it. */
    static JsonArray of(ModelState state) {
        JsonArray all = new JsonArray();
        Stream.concat(state.canary().stream(), state.trial().flatMap(ShadowTrial::evidence).stream())
                .forEach(experiment -> all.add(of(state, experiment)));
        return all;
    }

    /** {@code staked} and {@code remaining} are parts of the false-rollback probability. */
    private static JsonObject of(ModelState state, Experiment experiment) {
        Advice advice = experiment.advice();
        double alpha = state.rollout().alpha();
        LifeLedger life = experiment.policy().life().wealth();
        return new JsonObject()
                .put("version", experiment.version())
                .put("control", experiment.control())
                .put("phase", experiment.policy().phase().name().toLowerCase(Locale.ROOT))
                .put(
                        "byEvidence",
                        experiment.isOnLadder()
                                || state.canary().filter(experiment::equals).isEmpty())
                .put(
                        "share",
                        state.route()
                                .map(table -> table.share(experiment.version()))
                                .orElse(0.0))
                .put("labels", labels(experiment.collected()))
                .put("difference", DifferenceText.of(experiment.policy().live().difference()))
                .put("g", life.g())
                .put("threshold", life.threshold())
                .put("staked", alpha * (1 - life.u()))
                .put("remaining", Math.min(1, alpha * (life.g() + life.u())))
                .put("proof", proof(state, advice.figures()))
                .put("pairs", pairs(state, experiment))
                .put(
                        "missing",
                        isOperators(state, experiment)
                                ? 0
                                : experiment.policy().progress().leastMissing())
                .put("undecided", experiment.policy().progress().isUndecided())
                .put("verdict", advice.kind().name())
                .put(
                        "says",
                        silence(state, experiment)
                                .or(() -> forOperator(state, experiment))
                                .orElse(advice.reason()));
    }

    /** Null for a shadow, whose pairs are its labels. */
    private static @Nullable JsonObject pairs(ModelState state, Experiment experiment) {
        return state.pairedComparison(experiment.version())
                .map(pairs -> {
                    double proven = pairs.proven(state.rollout().alphaPromotion());
                    return new JsonObject()
                            .put("used", pairs.pairs())
                            .put("worseByAtMost", Double.isNaN(proven) ? null : proven);
                })
                .orElse(null);
    }

    private static boolean isOperators(ModelState state, Experiment experiment) {
        return state.canary().filter(experiment::equals).isPresent() && !experiment.isOnLadder();
    }

    /** It climbs no ladder, so only what is proven of it can be waited for. */
    private static Optional<String> forOperator(ModelState state, Experiment experiment) {
        Progress progress = experiment.policy().progress();
        if (!isOperators(state, experiment) || !progress.isProven()) {
            return Optional.empty();
        }
        double proven = progress.provenMargin();
        String what = proven == 0 ? "better" : String.format(Locale.ROOT, "less than %.1f points worse", 100 * proven);
        return Optional.of("proven " + what + " on live traffic: an operator may promote it");
    }

    private static Optional<String> silence(ModelState state, Experiment experiment) {
        return state.trial()
                .filter(trial -> trial.evidence().filter(experiment::equals).isPresent())
                .flatMap(ShadowTrial::silence);
    }

    private static JsonObject labels(Tosses collected) {
        return new JsonObject()
                .put("received", collected.received())
                .put("used", collected.units())
                .put("late", collected.late())
                .put("waiting", collected.waiting())
                .put("dropped", collected.dropped())
                .put("untossed", collected.untossed())
                .put("maturitySeconds", collected.maturityMillis() / 1_000.0);
    }

    private static JsonObject proof(ModelState state, Map<String, Double> figures) {
        return new JsonObject()
                .put("margin", figures.get("margin"))
                .put("e", figures.get("nonInferiority"))
                .put("threshold", 1 / state.rollout().alphaPromotion());
    }
}
