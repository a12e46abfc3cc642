package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.simulation.Simulation;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.junit.jupiter.api.Test;

/**
 * What routing by live accuracy costs in a world that changes: three arms, of which the third is best between requests
 * 3,000 and 5,000 only (Garivier and Moulines, arXiv:0805.3415), beside the usual rules, with labels at once and late.
 */
class RegretSimulationTest {
    private static final int REQUESTS = 10_000;
    private static final double[] QUIET = {.5, .3, .4};
    private static final double[] JUMP = {.5, .3, .9};

    /** Chooses arms and learns from labels. */
    private interface Rule {
        int choose(RandomGenerator random);

        void learn(int arm, double score);
    }

    @Test
    void losesLessThanRulesThatDoNotForget() {
        double discounted = regret(() -> new Shares(.998, .02), 0);
        double thompson = regret(() -> new Shares(1, .02), 0);
        double ucb = regret(() -> new UpperBound(1, 2), 0);
        // 324, about 800 and 649 by an independent simulation
        assertThat(discounted).isBetween(260.0, 400.0).isLessThan(.6 * thompson).isLessThan(ucb);
    }

    @Test
    void losesLessThanADiscountedBoundWhenLabelsAreLate() {
        double late = regret(() -> new Shares(.998, .02), 500);
        double bound = regret(() -> new UpperBound(.998, 2), 500);
        assertThat(late).isBetween(500.0, 740.0).isLessThan(bound); // 620 by an independent simulation
    }

    private static double regret(Supplier<Rule> rule, int delay) {
        SplittableGenerator root = Simulation.random(1);
        int runs = Simulation.repetitions(20);
        double sum = 0;
        for (int run = 0; run < runs; run++) {
            sum += regret(rule.get(), delay, root.split());
        }
        return sum / runs;
    }

    private static double regret(Rule rule, int delay, RandomGenerator random) {
        int[] arms = new int[REQUESTS];
        double[] scores = new double[REQUESTS];
        double regret = 0;
        for (int request = 0; request < REQUESTS; request++) {
            double[] right = request >= 3_000 && request < 5_000 ? JUMP : QUIET;
            arms[request] = rule.choose(random);
            scores[request] = random.nextDouble() < right[arms[request]] ? 1 : 0;
            regret += Math.max(right[0], right[2]) - right[arms[request]];
            if (request >= delay) {
                rule.learn(arms[request - delay], scores[request - delay]);
            }
        }
        return regret;
    }

    /** Ours: exact shares, recomputed every 64 labels. */
    private static final class Shares implements Rule {
        private final DiscountedThompson thompson;
        private final double floor;
        private double[] shares;
        private int labels;

        Shares(double discount, double floor) {
            this.thompson = new DiscountedThompson(discount);
            this.floor = floor;
            for (int arm = 0; arm < 3; arm++) {
                thompson.add(arm);
            }
            this.shares = thompson.shares(floor);
        }

        @Override
        public int choose(RandomGenerator random) {
            double coin = random.nextDouble();
            return coin < shares[0] ? 0 : coin < shares[0] + shares[1] ? 1 : 2;
        }

        @Override
        public void learn(int arm, double score) {
            thompson.learn(arm, score);
            labels++;
            if (labels % 64 == 0) {
                shares = thompson.shares(floor);
            }
        }
    }

    /** UCB1 (Auer, Cesa-Bianchi and Fischer, 2002), or discounted UCB (Kocsis and Szepesvári, 2006). */
    private static final class UpperBound implements Rule {
        private final double discount;
        private final double width;
        private final double[] sums = new double[3];
        private final double[] counts = new double[3];
        private int asked;

        UpperBound(double discount, double width) {
            this.discount = discount;
            this.width = width;
        }

        @Override
        public int choose(RandomGenerator random) {
            asked++;
            double total = counts[0] + counts[1] + counts[2];
            int best = 0;
            double highest = Double.NEGATIVE_INFINITY;
            for (int arm = 0; arm < 3; arm++) {
                double bound = counts[arm] < 1e-9
                        ? 1e9 + (arm + asked) % 3
                        : sums[arm] / counts[arm] + Math.sqrt(width * Math.log(Math.max(total, 2)) / counts[arm]);
                if (bound > highest) {
                    highest = bound;
                    best = arm;
                }
            }
            return best;
        }

        @Override
        public void learn(int arm, double score) {
            for (int a = 0; a < 3; a++) {
                sums[a] *= discount;
                counts[a] *= discount;
            }
            sums[arm] += score;
            counts[arm]++;
        }
    }
}
