package io.abgate.registry.policy.rollout;

import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.PromotionProof;
import java.util.List;

/**
 * By what a rollout is judged.
 *
 * @param alpha probability at most with which a version is wrongly taken back in its whole life
 * @param stakes how that is spread over the life
 * @param alphaPromotion probability at most with which a version that is worse by the margin passes a phase
 * @param alphaSplit probability at most with which a healthy split is called broken, per experiment
 */
public record RolloutSettings(
        double alpha,
        Stakes stakes,
        double alphaPromotion,
        double alphaSplit,
        Shadow shadow,
        Canary canary,
        Guard guard,
        Attribution attribution) {
    /** What is shipped. */
    public static final RolloutSettings DEFAULT = new RolloutSettings(
            .05,
            Stakes.DEFAULT,
            .05,
            .001,
            new Shadow(.02, 200, 5_000),
            new Canary(List.of(new Step(.05, 100), new Step(.25, 300), new Step(.50, 600)), .05, 5, 6_000),
            new Guard(.05, 1_000, .9995),
            new Attribution(1e-4, .05, 200, 2_000, .30, 50, .50, 1_000));

    /**
     * A model's own figures; where a former champion has no control share there is no guard to save anything for, so that
     * all of the budget is staked by the end of shadow and canary.
     */
    public static RolloutSettings of(ModelSettings.Rollout rollout) {
        PromotionProof proof = rollout.proof();
        boolean guarded = rollout.controlShare() > 0;
        double budget = rollout.traffic().guardrails().budgetLeft();
        Stakes stakes = guarded ? Stakes.DEFAULT : Stakes.WITHOUT_GUARD;
        return new RolloutSettings(
                rollout.alpha(),
                budget == 1 ? stakes : stakes.scaled(budget),
                proof.alpha(),
                DEFAULT.alphaSplit,
                new Shadow(proof.shadowMargin(), proof.leastPairs(), proof.mostPairs()),
                new Canary(
                        proof.ladder().stream()
                                .map(step -> new Step(step.share(), step.labels()))
                                .toList(),
                        proof.margin(),
                        DEFAULT.canary.margins,
                        proof.mostLabels()),
                guarded
                        ? new Guard(rollout.controlShare(), DEFAULT.guard.blockUnits, DEFAULT.guard.discount)
                        : DEFAULT.guard,
                DEFAULT.attribution);
    }

    public RolloutSettings {
        probability(alpha, "alpha");
        probability(alphaPromotion, "alphaPromotion");
        probability(alphaSplit, "alphaSplit");
    }

    /**
     * The shadow phase.
     *
     * @param margin by how much a candidate may be worse on the same requests
     * @param leastPairs that it takes to pass
     * @param mostPairs after which it is undecided
     */
    public record Shadow(double margin, int leastPairs, int mostPairs) {
        public Shadow {
            fraction(margin, "shadow.margin");
            Check.that(leastPairs > 0, "shadow.leastPairs", leastPairs, "a number from 1");
            Check.that(mostPairs >= leastPairs, "shadow.mostPairs", mostPairs, "at least shadow.leastPairs");
        }
    }

    /**
     * A step of the ladder.
     *
     * @param share of the new version, in (0, 1)
     * @param units of both versions together before the next step
     */
    public record Step(double share, int units) {
        public Step {
            probability(share, "step.share");
            Check.that(units > 0, "step.units", units, "a number from 1");
        }
    }

    /**
     * The canary phase.
     *
     * @param steps in order; the last one lasts at least its units
     * @param margin by how much all promotions since the last proven improvement may have made live traffic worse
     * @param margins how many smaller margins are proven beside it, so that a promotion uses up no more than it must
     * @param mostUnits after which it is undecided
     */
    public record Canary(List<Step> steps, double margin, int margins, int mostUnits) {
        public Canary {
            steps = List.copyOf(steps);
            Check.that(!steps.isEmpty(), "canary.steps", steps, "at least one");
            fraction(margin, "canary.margin");
            Check.that(margins >= 1, "canary.margins", margins, "a number from 1");
            Check.that(mostUnits > 0, "canary.mostUnits", mostUnits, "a number from 1");
        }
    }

    /**
     * The guard of a new champion.
     *
     * @param controlShare of the former champion, in (0, 1)
     * @param blockUnits units between stakes
     * @param discount weight that older units keep at each new one in what is bet by
     */
    public record Guard(double controlShare, int blockUnits, double discount) {
        public Guard {
            probability(controlShare, "guard.controlShare");
            Check.that(blockUnits > 0, "guard.blockUnits", blockUnits, "a number from 1");
            Check.that(discount > 0 && discount <= 1, "guard.discount", discount, "a number in (0, 1]");
        }
    }

    /**
     * What follows when a champion's live accuracy falls.
     *
     * @param rate 1 over the average number of labels to a false alarm
     * @param tolerance fall below the baseline that is none
     * @param baselineLabels how many labels make a baseline, and each block by which it grows
     * @param mostBaselineLabels up to which it grows while nothing is suspected
     * @param emergencyFall that alarms at once
     * @param emergencyLabels over which that is seen
     * @param controlShare of the former champion while the cause is sought, in (0, 1)
     * @param labels of both versions together until the world is to blame
     */
    public record Attribution(
            double rate,
            double tolerance,
            int baselineLabels,
            int mostBaselineLabels,
            double emergencyFall,
            int emergencyLabels,
            double controlShare,
            int labels) {
        public Attribution {
            probability(rate, "attribution.rate");
            Check.that(tolerance > 0 && tolerance < 1, "attribution.tolerance", tolerance, "a number in (0, 1)");
            Check.that(baselineLabels > 0, "attribution.baselineLabels", baselineLabels, "a number from 1");
            Check.that(
                    mostBaselineLabels >= baselineLabels,
                    "attribution.mostBaselineLabels",
                    mostBaselineLabels,
                    "at least attribution.baselineLabels");
            Check.that(emergencyFall > 0, "attribution.emergencyFall", emergencyFall, "a number above 0");
            Check.that(emergencyLabels > 0, "attribution.emergencyLabels", emergencyLabels, "a number from 1");
            probability(controlShare, "attribution.controlShare");
            Check.that(labels > 0, "attribution.labels", labels, "a number from 1");
        }
    }

    private static void probability(double value, String name) {
        Check.that(value > 0 && value < 1, name, value, "a number in (0, 1)");
    }

    private static void fraction(double value, String name) {
        Check.that(value >= 0 && value < 1, name, value, "a number in [0, 1)");
    }
}
