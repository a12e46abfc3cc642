package io.abgate.registry.domain;

import java.util.List;

/**
 * What a version must prove to be promoted by evidence: first on copies of requests, then on a growing share of live
 * traffic. Each proof is false with probability at most {@code alpha}.
 *
 * @param alpha probability at most with which a version that is worse by the margin passes a phase
 * @param shadowMargin by how much it may be worse on the same requests
 * @param leastPairs labelled copies that it takes
 * @param mostPairs labelled copies after which it is undecided
 * @param ladder shares of live traffic, one after another
 * @param margin by how much it may be worse on live traffic; promotions since the last proven improvement share it
 * @param mostLabels labelled keys, of itself and the champion, after which it is undecided
 */
public record PromotionProof(
        double alpha,
        double shadowMargin,
        int leastPairs,
        int mostPairs,
        List<Step> ladder,
        double margin,
        int mostLabels) {
    /** Of a model that says nothing of it. */
    public static final PromotionProof DEFAULT = new PromotionProof(
            .05, .02, 200, 5_000, List.of(new Step(.05, 100), new Step(.25, 300), new Step(.50, 600)), .05, 6_000);

    /** A share of live traffic, for at least so many labelled keys of both versions together. */
    public record Step(double share, int labels) {
        public Step {
            Check.that(share > 0 && share < 1, "rollout.ladder.share", share, "a number in (0, 1)");
            Check.that(labels > 0, "rollout.ladder.labels", labels, "a number from 1");
        }
    }

    public PromotionProof {
        Check.that(alpha > 0 && alpha < 1, "rollout.promotionAlpha", alpha, "a number in (0, 1)");
        margin(shadowMargin, "rollout.shadow.margin");
        Check.that(leastPairs > 0, "rollout.shadow.leastPairs", leastPairs, "a number from 1");
        Check.that(
                mostPairs >= leastPairs, "rollout.shadow.mostPairs", mostPairs, "at least leastPairs, " + leastPairs);
        Check.that(!ladder.isEmpty(), "rollout.ladder", ladder, "at least one step");
        for (int i = 1; i < ladder.size(); i++) {
            double before = ladder.get(i - 1).share();
            Check.that(
                    ladder.get(i).share() >= before,
                    "rollout.ladder.share",
                    ladder.get(i).share(),
                    "at least that of the step before, " + before);
        }
        margin(margin, "rollout.margin");
        int climbed = ladder.stream().mapToInt(Step::labels).sum();
        Check.that(mostLabels >= climbed, "rollout.mostLabels", mostLabels, "at least all of the ladder, " + climbed);
        ladder = List.copyOf(ladder);
    }

    private static void margin(double value, String name) {
        Check.that(value >= 0 && value < 1, name, value, "a number in [0, 1)");
    }
}
