package io.abgate.registry;

import io.abgate.registry.contract.NodeReport;
import io.abgate.registry.contract.NodeReport.Hosted;
import io.abgate.registry.policy.VersionState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes that have lately said something of themselves. Time comes in as nanoseconds of a clock that never steps. */
final class Nodes {
    /** After so long without a word a node is taken for gone. */
    static final long SILENT_NANOS = 5_000_000_000L;
    /** The incarnation of a node that has not reported. */
    static final long UNHEARD = 0;

    private static final String MODEL = " model";
    private static final String GATEWAY = " gateway";

    private final Map<String, Heard> heard = new HashMap<>();
    private boolean anyModelNode;

    private record Heard(NodeReport report, long atNanos) {}

    /** A report came; one of an earlier incarnation than is known is ignored. */
    void report(NodeReport report, long nowNanos) {
        Heard known = heard.get(key(report));
        if (known == null || known.report.incarnation() <= report.incarnation()) {
            heard.put(key(report), new Heard(report, nowNanos));
            anyModelNode |= !report.gateway();
        }
    }

    /** A process with both roles reports for each. */
    private static String key(NodeReport report) {
        return report.node() + (report.gateway() ? GATEWAY : MODEL);
    }

    /** Forgets who has been silent. */
    void expire(long nowNanos) {
        heard.values().removeIf(h -> nowNanos - h.atNanos > SILENT_NANOS);
    }

    /** Whether a model node has ever been heard: before that, nothing is known of what is warm. */
    boolean hasHeardAModelNode() {
        return anyModelNode;
    }

    /** Whether a model node is there and was not started again since this incarnation. */
    boolean isAlive(String node, long incarnation) {
        return heard.containsKey(node + MODEL) && incarnation(node) == incarnation;
    }

    /** When a model node was started; {@link #UNHEARD} while it is silent. */
    long incarnation(String node) {
        Heard known = heard.get(node + MODEL);
        return known == null ? UNHEARD : known.report.incarnation();
    }

    /** Nodes on which a version answers. */
    List<String> hosting(String model, VersionState version) {
        Hosted wanted = new Hosted(model, version.number(), version.facts().sha256());
        return heard.values().stream()
                .map(Heard::report)
                .filter(report -> report.hosted().contains(wanted))
                .map(NodeReport::node)
                .sorted()
                .toList();
    }

    /** Whether some gateway is there, and every one of them serves a model from this epoch. */
    boolean everyGatewayServes(String model, long epoch) {
        NodeReport.ModelEpoch wanted = new NodeReport.ModelEpoch(model, epoch);
        List<NodeReport> gateways = heard.values().stream()
                .map(Heard::report)
                .filter(NodeReport::gateway)
                .toList();
        return !gateways.isEmpty() && gateways.stream().allMatch(g -> g.epochs().contains(wanted));
    }
}
