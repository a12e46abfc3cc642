package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;
import java.util.Arrays;
import java.util.List;

/**
 * The mean of several e-processes that are kept as logarithms: an e-process itself. Which of them knows best how to bet
 * need not be learnt; it outgrows the others, at the price of the logarithm of their number.
 */
final class LogMixture {
    /** Where an e-value stays finite; a cap only lowers it. */
    private static final double MOST_LOG = 690;

    private final double[] logs;
    private double peak = 1;

    LogMixture(int processes) {
        this.logs = new double[processes];
    }

    /** Multiplies one of them by a factor of this logarithm; {@link #look} has to follow once all are done. */
    void multiply(int process, double logFactor) {
        logs[process] += logFactor;
    }

    /** All have their factors: this is a moment at which the e-value counts. */
    void look() {
        peak = Math.max(peak, e());
    }

    /** What was gained is no longer believed: the e-value falls to 1, if it is above that, and so does the highest. */
    void forgetGains() {
        double most = Arrays.stream(logs).max().orElseThrow();
        double sum = 0;
        for (double log : logs) {
            sum += StrictMath.exp(log - most);
        }
        double gain = Math.max(0, most + StrictMath.log(sum / logs.length));
        for (int i = 0; i < logs.length; i++) {
            logs[i] -= gain;
        }
        peak = 1;
    }

    double e() {
        double sum = 0;
        for (double log : logs) {
            sum += StrictMath.exp(Math.min(log, MOST_LOG));
        }
        return sum / logs.length;
    }

    double peak() {
        return peak;
    }

    List<Double> logs() {
        return Arrays.stream(logs).boxed().toList();
    }

    static LogMixture restored(int processes, List<Double> logs, double peak) {
        Check.that(logs.size() == processes, "logs", logs.size(), processes + " of them");
        LogMixture mixture = new LogMixture(processes);
        for (int i = 0; i < processes; i++) {
            mixture.logs[i] = logs.get(i);
        }
        mixture.peak = peak;
        return mixture;
    }
}
