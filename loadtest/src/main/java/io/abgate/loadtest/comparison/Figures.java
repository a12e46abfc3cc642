package io.abgate.loadtest.comparison;

import io.abgate.loadtest.statistics.Latencies;
import io.abgate.loadtest.statistics.Quantile;
import io.abgate.loadtest.traffic.Observations;
import io.abgate.loadtest.traffic.Outcome;
import io.abgate.loadtest.traffic.Run;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.Interval;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** What was measured of one version, or of all requests. */
public final class Figures {
    /** Of every interval that stands by itself. */
    public static final double ALPHA = 0.05;

    private static final long MOST_NANOS = 3_600_000_000_000L;
    private static final int DIGITS = 3;
    private static final double NANOS_A_MILLI = 1e6;

    private final String name;
    private final Histogram latency = new Histogram(MOST_NANOS, DIGITS);
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Latencies latencies;
    private final BitSet rows = new BitSet();
    private final double seconds;
    private final boolean knowsFailures;
    private final long unclaimed;
    private long arrivals;
    private long judged;
    private long right;

    private Figures(String name, Run run, IntPredicate counts, int version) {
        Observations observations = run.observations();
        this.name = name;
        this.seconds = run.seconds();
        for (int place = 0; place < observations.size(); place++) {
            if (counts.test(place)) {
                add(observations, place);
            }
        }
        Stretches stretches = new Stretches(run.seconds());
        this.latencies = version < 0
                ? Sample.allLatencies(observations, stretches)
                : new Sample(observations, stretches, version).latencies();
        boolean isAll = version < 0;
        this.unclaimed = isAll
                ? 0
                : IntStream.range(0, observations.size())
                        .filter(observations::isUnclaimed)
                        .count();
        this.knowsFailures = observations.isReplay() || unclaimed == 0;
    }

    /** Of all requests. */
    public static Figures of(Run run) {
        return new Figures("all", run, place -> true, -1);
    }

    /** Of the requests that named a version or were answered by it, as it was to be. */
    public static Figures of(Run run, String version) {
        Observations observations = run.observations();
        int index = observations.versions().indexOf(version);
        return new Figures(
                version,
                run,
                place -> index >= 0
                        && observations.version(place) == index
                        && observations.outcome(place) != Outcome.FALLBACK,
                index < 0 ? Integer.MAX_VALUE : index);
    }

    private void add(Observations observations, int place) {
        arrivals++;
        Outcome outcome = observations.outcome(place);
        outcomes.merge(outcome, 1L, Long::sum);
        if (outcome.hasLatency()) {
            latency.recordValue(Math.max(0, Math.min(MOST_NANOS, observations.latency(place))));
        }
        if (observations.isJudged(place)) {
            judged++;
            rows.set(observations.row(place));
            right += observations.isRight(place) ? 1 : 0;
        }
    }

    public String name() {
        return name;
    }

    /** Requests that were to be sent. */
    public long arrivals() {
        return arrivals;
    }

    /** Requests with this outcome. */
    public long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** Requests that got a prediction. */
    public long served() {
        return count(Outcome.ANSWERED) + count(Outcome.FALLBACK);
    }

    /** Share of the arrivals that got no prediction; NaN without arrivals, and where nobody knows whose failed. */
    public double errors() {
        return share(arrivals - served());
    }

    /** Share of the arrivals that were not sent; NaN without arrivals, and where nobody knows whose they were. */
    public double missedShare() {
        return share(count(Outcome.MISSED));
    }

    private double share(long failures) {
        return arrivals == 0 || !knowsFailures ? Double.NaN : failures / (double) arrivals;
    }

    /** Predictions a second. */
    public double rate() {
        return seconds == 0 ? 0 : served() / seconds;
    }

    /** Requests whose truth is known, of which those that failed are wrong. */
    public long judged() {
        return judged;
    }

    /** Share of the arrivals with a known truth; NaN without arrivals. */
    public double coverage() {
        return arrivals == 0 ? Double.NaN : judged / (double) arrivals;
    }

    /** Share of right answers among requests with a known truth; NaN without any. */
    public double accuracy() {
        return judged == 0 ? Double.NaN : right / (double) judged;
    }

    /** Where the accuracy on such rows lies: sending a row again tells nothing of the rows that were not sent. */
    public Interval accuracyInterval() {
        int different = rows.cardinality();
        return different == 0 ? new Interval(0, 1) : new Counts(accuracy() * different, different).interval(ALPHA);
    }

    /** In milliseconds, to three digits; NaN where it falls among requests that were never answered. */
    public double latency(double p) {
        return latency(p, arrivals);
    }

    /** The same, had every request that nobody answers for been one of these and never been answered. */
    public double latencyAtWorst(double p) {
        return latency(p, arrivals + unclaimed);
    }

    private double latency(double p, long requests) {
        long rank = Math.max(1, Quantile.rank(requests, p));
        long known = latency.getTotalCount();
        return rank > known ? Double.NaN : latency.getValueAtPercentile(100.0 * rank / known) / NANOS_A_MILLI;
    }

    /** In milliseconds; NaN where any request was never answered, or may have been. */
    public double meanLatency() {
        return isWhole() ? latency.getMean() / NANOS_A_MILLI : Double.NaN;
    }

    /** In milliseconds; NaN where any request was never answered, or may have been. */
    public double maxLatency() {
        return isWhole() ? latency.getMaxValue() / NANOS_A_MILLI : Double.NaN;
    }

    private boolean isWhole() {
        return arrivals > 0 && latency.getTotalCount() == arrivals + unclaimed;
    }

    /** Share of the arrivals whose latency is known; NaN without arrivals. */
    public double knownShare() {
        return arrivals == 0 ? Double.NaN : latency.getTotalCount() / (double) arrivals;
    }

    /** Where a quantile of latency lies, in milliseconds. */
    public Interval latencyInterval(double p) {
        return Quantile.of(latencies, p, ALPHA).interval();
    }

    /** All known latencies in nanoseconds, to three digits. */
    public Histogram histogram() {
        return latency.copy();
    }
}
