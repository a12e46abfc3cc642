package io.abgate.gateway.routing;

import io.abgate.registry.contract.NodeReport;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The last report of every node that still lives. Time is given in nanoseconds of a monotonic clock. */
final class NodeDirectory {
    static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Map<Speaker, Heard> heard = new HashMap<>();

    /** A process may report as a gateway and as a model node; one must not wipe out the other. */
    private record Speaker(String node, boolean gateway) {}

    private record Heard(NodeReport report, long atNanos) {}

    /** Takes a report, unless the node has started again since. */
    void take(NodeReport report, long nowNanos) {
        Heard now = new Heard(report, nowNanos);
        heard.merge(new Speaker(report.node(), report.gateway()), now, NodeDirectory::later);
    }

    /** The replicas by the reports that are not too old, of nodes that {@code within} lets pass. */
    Replicas replicas(long nowNanos, Predicate<NodeReport> within) {
        heard.values().removeIf(one -> nowNanos - one.atNanos() > LIFE_NANOS);
        return Replicas.of(
                heard.values().stream().map(Heard::report).filter(within).toList());
    }

    private static Heard later(Heard before, Heard now) {
        return now.report().incarnation() < before.report().incarnation() ? before : now;
    }
}
