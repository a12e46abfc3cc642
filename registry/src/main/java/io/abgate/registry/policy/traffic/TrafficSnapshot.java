package io.abgate.registry.policy.traffic;

import io.abgate.registry.domain.TrafficStream;
import io.abgate.registry.evidence.ExcessRateTest;
import io.abgate.registry.evidence.ExcessRateTest.Tally;
import io.abgate.registry.evidence.SplitCountTest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that changes in a {@link TrafficEvidence}; two are the same when their snapshots are equal.
 *
 * @param heard of the streams, the one that was heard longest ago first
 * @param experiment of which the rest tells; null before the first
 * @param streams of the experiment, in the order of their places
 * @param lives of versions that were compared, by number
 * @param answered by version
 */
public record TrafficSnapshot(
        List<Heard> heard,
        @Nullable LivePair experiment,
        List<OfStream> streams,
        List<OfLife> lives,
        List<Answered> answered,
        long uncounted,
        long lost) {
    /** The last batch of a stream. */
    public record Heard(TrafficStream stream, long batch) {}

    /** Evidence against the split, at one stream. */
    public record OfStream(TrafficStream stream, SplitCountTest.Snapshot split) {}

    /** Evidence against a version; null without that guardrail. */
    public record OfLife(
            int version,
            @Nullable OfGuardrail errors,
            @Nullable OfGuardrail slow) {}

    /** Evidence of one thing; of units those of the running experiment, and those when it came closest. */
    public record OfGuardrail(
            List<ExcessRateTest.Snapshot> places, Tally ofNew, Tally ofControl, Tally newAtPeak, Tally controlAtPeak) {}

    /** Requests and rows that a version was assigned. */
    public record Answered(int version, long requests, long rows) {}
}
