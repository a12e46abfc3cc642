package io.abgate.registry.evidence;

/** Shares of top-two Thompson sampling: with probability ½ the arm that is best, else the one that is best of the rest. */
final class TopTwo {
    private static final double LEADER = .5;

    private TopTwo() {}

    /** Turns P(arm is best) into shares; both sum to 1. A lone arm gets everything. */
    static double[] of(double[] best) {
        if (best.length == 1) {
            return new double[] {1};
        }
        double[] shares = new double[best.length];
        for (int leader = 0; leader < best.length; leader++) {
            shares[leader] += LEADER * best[leader];
            double rest = sumOfOthers(best, leader);
            for (int arm = 0; arm < best.length; arm++) {
                if (arm != leader) {
                    // a leader that is certain leaves nothing to tell the others apart by
                    double second = rest > 0 ? best[arm] / rest : 1.0 / (best.length - 1);
                    shares[arm] += (1 - LEADER) * best[leader] * second;
                }
            }
        }
        return shares;
    }

    private static double sumOfOthers(double[] best, int arm) {
        double sum = 0;
        for (int other = 0; other < best.length; other++) {
            sum += other == arm ? 0 : best[other];
        }
        return sum;
    }
}
