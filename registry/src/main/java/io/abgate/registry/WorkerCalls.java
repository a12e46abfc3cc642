package io.abgate.registry;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.CheckOrder;
import io.abgate.registry.contract.CheckReply;
import io.abgate.registry.contract.DrillOrder;
import io.abgate.registry.contract.DrillReply;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Inspection;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.contract.SuiteOrder;
import io.abgate.registry.contract.SuiteReply;
import io.abgate.registry.domain.SuiteReport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.List;

/** Has a worker look at an artifact at once. UNAVAILABLE when there is none, or it takes too long. */
final class WorkerCalls {
    private static final long PATIENCE_MILLIS = 4_000;

    private final Vertx vertx;
    private final StoreBinding binding;

    WorkerCalls(Vertx vertx, StoreBinding binding) {
        this.vertx = vertx;
        this.binding = binding;
    }

    /** What the registry stores with it. */
    Future<Inspection> inspect(Artifact artifact) {
        return ask(Addresses.INSPECT, artifact, "artifact: nobody to look at it");
    }

    /** How it does in cases. */
    Future<SuiteReply> run(SuiteOrder order) {
        return order.cases().isEmpty()
                ? Future.succeededFuture(new SuiteReply(new SuiteReport(List.of())))
                : ask(Addresses.SUITES, order, "suites: nobody who runs them within " + PATIENCE_MILLIS + " ms");
    }

    /** How it does on rows. */
    Future<CheckReply> check(CheckOrder order) {
        return ask(Addresses.CHECK, order, "check: nobody who does it within " + PATIENCE_MILLIS + " ms");
    }

    /** A copy that is made worse, and how both do. */
    Future<DrillReply> drill(DrillOrder order) {
        return ask(Addresses.DRILL, order, "drill: nobody who does it within " + PATIENCE_MILLIS + " ms");
    }

    private <A> Future<A> ask(String address, Object question, String unanswered) {
        return vertx.eventBus()
                .<A>request(address, question, binding.within(PATIENCE_MILLIS))
                .map(Message::body)
                .recover(failure -> Future.failedFuture(
                        Failure.of(failure) == Failure.UNAVAILABLE
                                ? Failure.UNAVAILABLE.because(unanswered + " (expected: a node with the role model)")
                                : failure));
    }
}
