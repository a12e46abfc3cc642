package io.abgate.gateway.routing;

import io.abgate.model.Probe;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.NodeReport;
import io.abgate.registry.contract.NodeReport.Hosted;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.contract.PredictRequest;
import io.abgate.registry.domain.TensorSpec;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opens the way to model nodes before users' requests take it: the first message to another process connects and loads
 * classes, which takes longer than the deadline of a prediction.
 */
final class Reach {
    private static final long WITHIN_MILLIS = 2_000;
    private static final DeliveryOptions WITHIN = new DeliveryOptions().setSendTimeout(WITHIN_MILLIS);

    private final Vertx vertx;
    private final String ownNode;
    private final Map<String, TensorSpec> inputs;
    private final Runnable onReached;
    private final Set<Life> reached = new HashSet<>();
    private final Set<Life> underWay = new HashSet<>();

    /** A node from one start to its end. */
    private record Life(String node, long incarnation) {}

    Reach(Vertx vertx, String ownNode, Map<String, TensorSpec> inputs, Runnable onReached) {
        this.vertx = vertx;
        this.ownNode = ownNode;
        this.inputs = inputs;
        this.onReached = onReached;
    }

    /** Whether messages to the process of this report have found their way there and back. */
    boolean has(NodeReport report) {
        return report.node().equals(ownNode) || reached.contains(life(report));
    }

    /** Tries the way to a process that is new; what fails is tried again at its next report. */
    void open(NodeReport report) {
        Optional<Hosted> target = report.hosted().stream()
                .filter(hosted -> inputs.containsKey(hosted.model()))
                .findFirst();
        if (target.isPresent() && !has(report) && underWay.add(life(report))) {
            probe(report, target.get());
        }
    }

    private void probe(NodeReport report, Hosted hosted) {
        TensorSpec input = inputs.get(hosted.model());
        if (input == null) {
            return;
        }
        String replica = Addresses.replica(hosted.model(), hosted.version(), hosted.sha256(), report.node());
        vertx.eventBus()
                .<PredictReply>request(replica, new PredictRequest(Probe.row(input), WITHIN_MILLIS), WITHIN)
                .onComplete(reply -> ended(report, true), failure -> ended(report, isAnswer(failure)));
    }

    /** A refusal came all the way back too. */
    private static boolean isAnswer(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE;
    }

    private void ended(NodeReport report, boolean answered) {
        underWay.remove(life(report));
        if (answered) {
            reached.add(life(report));
            onReached.run();
        }
    }

    private static Life life(NodeReport report) {
        return new Life(report.node(), report.incarnation());
    }
}
