package io.abgate.registry.policy.traffic;

import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.domain.TrafficCount;
import io.abgate.registry.domain.TrafficStream;
import java.util.List;

/** Batches and tables of two versions, 1 the control and 2 the new one. */
final class Told {
    static final LivePair EXPERIMENT = new LivePair("mail/7", 2, 1);
    static final TrafficStream HERE = new TrafficStream("here", 1);
    static final TrafficStream THERE = new TrafficStream("there", 2);

    private Told() {}

    static TrafficCount units(long epoch, int version, long units, long failed, long slow) {
        return new TrafficCount(epoch, version, units + 3, units + 5, units, failed, slow);
    }

    static TrafficBatch batch(TrafficStream stream, long number, TrafficCount... counts) {
        return new TrafficBatch(stream, number, 0, 0, List.of(counts), null);
    }

    static RouteTable table(long epoch, String salt, double shareOfNew) {
        return new RouteTable(
                "mail",
                1,
                epoch,
                RoutingMode.SPLIT,
                salt,
                List.of(
                        new RoutedVersion(1, Stage.CHAMPION, 1 - shareOfNew, "one"),
                        new RoutedVersion(2, Stage.CANARY, shareOfNew, "two")),
                2);
    }
}
