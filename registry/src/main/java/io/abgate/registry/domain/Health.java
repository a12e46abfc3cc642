package io.abgate.registry.domain;

import io.abgate.registry.domain.Measurement.Latency;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a version has lately answered one kind of traffic, as those who asked it saw it. One attempt is one request to the
 * version, whatever its rows; one without a sound answer within its deadline is an error. Old errors would linger and
 * new bursts drown in counts that only grow, so the window alone decides the {@link #status}.
 *
 * @param lifetime since the gateways started
 * @param window outcomes of the last attempts, at most {@link #WINDOW} of each gateway node
 * @param confidenceSum over the last answered attempts, of each the mean of its rows
 * @param latencyNanos of the last answered attempts, at most {@link #WINDOW} of each gateway node, in no order
 */
public record Health(Lifetime lifetime, ErrorRate window, double confidenceSum, List<Long> latencyNanos) {
    /** How many of the last attempts a gateway node looks at. */
    public static final int WINDOW = 1_000;

    /** Of a version that was never asked. */
    public static final Health NONE = new Health(new Lifetime(ErrorRate.NONE, 0, 0), ErrorRate.NONE, 0, List.of());

    public Health {
        latencyNanos = List.copyOf(latencyNanos);
    }

    /**
     * Counts that only grow.
     *
     * @param predictions rows of the attempts that were answered
     * @param rejected requests that the version refused for their input: the application's fault, and no attempt
     */
    public record Lifetime(ErrorRate attempts, long predictions, long rejected) {
        /** These and those. */
        public Lifetime plus(Lifetime other) {
            return new Lifetime(
                    attempts.plus(other.attempts), predictions + other.predictions, rejected + other.rejected);
        }
    }

    /** What is said of a version in one word. */
    public enum Status {
        HEALTHY("healthy"),
        DEGRADED("degraded"),
        NO_DATA("no data");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** The word. */
        public String word() {
            return word;
        }
    }

    /** The same version's, of two gateway nodes. */
    public Health plus(Health other) {
        return new Health(
                lifetime.plus(other.lifetime),
                window.plus(other.window),
                confidenceSum + other.confidenceSum,
                Stream.concat(latencyNanos.stream(), other.latencyNanos.stream())
                        .toList());
    }

    /**
     * By the error rate of the window.
     *
     * @param errorRateLimit from which on it is degraded, in [0, 1]; 0 is off
     */
    public Status status(double errorRateLimit) {
        return status(window, errorRateLimit);
    }

    /** By any error rate; without attempts nothing is known. */
    public static Status status(ErrorRate rate, double limit) {
        if (rate.attempts() == 0) {
            return Status.NO_DATA;
        }
        return rate.reaches(limit) ? Status.DEGRADED : Status.HEALTHY;
    }

    /** Mean of the last answered attempts; NaN without any. */
    public double confidence() {
        return latencyNanos.isEmpty() ? Double.NaN : confidenceSum / latencyNanos.size();
    }

    /** Of the last answered attempts; NaN without any. */
    public Latency latency() {
        return Latency.ofNanos(latencyNanos.stream().mapToLong(Long::longValue).toArray());
    }
}
