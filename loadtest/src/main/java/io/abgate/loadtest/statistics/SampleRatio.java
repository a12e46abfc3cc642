package io.abgate.loadtest.statistics;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Whether the versions got the shares of requests that they were to get; if not, something chose among the requests and
 * no difference is to be believed.
 *
 * <p>Pearson's chi-squared test with the threshold of Fabijan et al., "Diagnosing Sample Ratio Mismatch in Online
 * Controlled Experiments", KDD 2019: a false alarm once in two thousand. Where few units are due to a version chi-squared is no
 * approximation (Cochran, Biometrics 10, 1954, asks for five; that is for levels of .05, and so far out in the tail it takes
 * more), and p is exact or too large: the smallest of the versions' binomial tails, doubled for two sides and, of more than
 * two versions, times their number (Bonferroni).
 *
 * @param counted units of each version: requests sent to it in a replay, else keys, or requests without a key
 * @param shares what they were to be, to one another
 * @param p probability of counts at least as odd, if all is well
 */
public record SampleRatio(List<Long> counted, List<Double> shares, double p) {
    private static final double ALARM = 0.0005;
    private static final double FEW = 25;

    public SampleRatio {
        counted = List.copyOf(counted);
        shares = List.copyOf(shares);
    }

    /** The test; shares, which are above 0, are scaled to sum to 1. */
    public static SampleRatio of(List<Long> counted, List<Double> shares) {
        long total = counted.stream().mapToLong(Long::longValue).sum();
        double scale = shares.stream().mapToDouble(Double::doubleValue).sum();
        double[] due =
                shares.stream().mapToDouble(share -> total * share / scale).toArray();
        boolean isFew = Arrays.stream(due).anyMatch(units -> units < FEW);
        double p = total == 0 ? 1 : isFew ? exact(counted, due, total) : approximate(counted, due);
        return new SampleRatio(counted, shares, p);
    }

    private static double approximate(List<Long> counted, double[] due) {
        double statistic = 0;
        for (int i = 0; i < due.length; i++) {
            statistic += (counted.get(i) - due[i]) * (counted.get(i) - due[i]) / due[i];
        }
        return ChiSquaredDistribution.of(due.length - 1.0).survivalProbability(statistic);
    }

    private static double exact(List<Long> counted, double[] due, long total) {
        double least = 1;
        for (int i = 0; i < due.length; i++) {
            BinomialDistribution units = BinomialDistribution.of(Math.toIntExact(total), Math.min(1, due[i] / total));
            int count = Math.toIntExact(counted.get(i));
            double below = units.cumulativeProbability(count);
            double above = units.survivalProbability(count - 1);
            least = Math.min(least, 2 * Math.min(below, above));
        }
        // of two versions the one's tail is the other's
        return Math.min(1, due.length == 2 ? least : due.length * least);
    }

    /** Whether the counts are as they should be. */
    public boolean isSound() {
        return p >= ALARM;
    }
}
