package io.abgate.loadtest.statistics;

import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Whether the versions got the shares of requests that they were to get; if not, something chose among the requests and
 * no difference is to be believed.
 *
 * <p>Pearson's chi-squared test with the threshold of Fabijan et al., "Diagnosing Sample Ratio Mismatch in Online
 * Controlled Experiments", KDD 2019: a false alarm once in two thousand.
 *
 * @param counted units of each version: requests sent to it in a replay, else keys, or requests without a key
 * @param shares what they were to be, to one another
 * @param p probability of counts at least as odd, if all is well
 */
public record SampleRatio(List<Long> counted, List<Double> shares, double p) {
    private static final double ALARM = 0.0005;

    public SampleRatio {
        counted = List.copyOf(counted);
        shares = List.copyOf(shares);
    }

    /** The test; shares, which are above 0, are scaled to sum to 1. */
    public static SampleRatio of(List<Long> counted, List<Double> shares) {
        double total = counted.stream().mapToLong(Long::longValue).sum();
        double scale = shares.stream().mapToDouble(Double::doubleValue).sum();
        double statistic = 0;
        for (int i = 0; i < counted.size(); i++) {
            double expected = total * shares.get(i) / scale;
            statistic += (counted.get(i) - expected) * (counted.get(i) - expected) / expected;
        }
        double p =
                total == 0 ? 1 : ChiSquaredDistribution.of(counted.size() - 1.0).survivalProbability(statistic);
        return new SampleRatio(counted, shares, p);
    }

    /** Whether the counts are as they should be. */
    public boolean isSound() {
        return p >= ALARM;
    }
}
