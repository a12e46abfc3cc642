package io.abgate.registry.policy.traffic;

import io.abgate.registry.domain.TrafficStream;
import io.abgate.registry.evidence.SplitCountTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the requests of one experiment arrive as the split meant them to: one test for each stream, each at its
 * {@link Places place} in the order of appearance. One that has fired stands until somebody has looked: also when
 * keys are tossed anew, for a new salt is nothing but new tosses, and the product stays a martingale.
 */
public final class SplitArrivals {
    /** What comes after so many streams is not worth its threshold. */
    private static final int MOST_STREAMS = 256;

    private final double alpha;
    private final List<TrafficStream> streams = new ArrayList<>();
    private final List<SplitCountTest> tests = new ArrayList<>();

    SplitArrivals(double alpha) {
        this.alpha = alpha;
    }

    /** The place of a stream; empty when there are too many. */
    Optional<Integer> place(TrafficStream stream) {
        int place = streams.indexOf(stream);
        if (place < 0 && streams.size() < MOST_STREAMS) {
            streams.add(stream);
            tests.add(new SplitCountTest());
            place = streams.size() - 1;
        }
        return place < 0 ? Optional.empty() : Optional.of(place);
    }

    void add(int place, long newUnits, long controlUnits, double propensityNew) {
        tests.get(place).add(newUnits, controlUnits, propensityNew);
    }

    /** Somebody has looked: all is tested afresh, each stream at the place that it has. */
    void lookAfresh() {
        tests.replaceAll(before -> new SplitCountTest());
    }

    /** Whether units of one of the two get lost, or come where they should not. */
    public boolean isBroken() {
        return nearest().isReached();
    }

    /** The stream that is, or came, closest to its threshold. */
    public Reading nearest() {
        return Places.nearest(alpha, tests, SplitCountTest::e, SplitCountTest::peak);
    }

    /** Units of the new version, over all streams. */
    public long ofNew() {
        return tests.stream().mapToLong(SplitCountTest::ofNew).sum();
    }

    /** Units of the control. */
    public long ofControl() {
        return tests.stream().mapToLong(SplitCountTest::ofControl).sum();
    }

    /** How many of all these are the new version's on average. */
    public double expectedNew() {
        return tests.stream().mapToDouble(SplitCountTest::expectedNew).sum();
    }

    /** How many streams there are. */
    public int streams() {
        return streams.size();
    }

    List<TrafficSnapshot.OfStream> snapshot() {
        List<TrafficSnapshot.OfStream> snapshots = new ArrayList<>();
        for (int place = 0; place < streams.size(); place++) {
            snapshots.add(new TrafficSnapshot.OfStream(
                    streams.get(place), tests.get(place).snapshot()));
        }
        return List.copyOf(snapshots);
    }

    static SplitArrivals restored(double alpha, List<TrafficSnapshot.OfStream> snapshots) {
        SplitArrivals arrivals = new SplitArrivals(alpha);
        snapshots.forEach(one -> {
            arrivals.streams.add(one.stream());
            arrivals.tests.add(SplitCountTest.restored(one.split()));
        });
        return arrivals;
    }
}
