package io.abgate.gateway.inference;

import io.abgate.gateway.routing.Hosting;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.contract.PredictRequest;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Tensor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Asks replicas over the event bus, within a deadline: this node's own first, then, if that failed or does not answer
 * soon, one other. A breaker for each replica.
 */
final class ReplicaCalls {
    private final Vertx vertx;
    private final Hosting hosting;
    private final String node;
    private final Map<String, Breaker> breakers = new HashMap<>();

    ReplicaCalls(Vertx vertx, Hosting hosting, String node) {
        this.vertx = vertx;
        this.hosting = hosting;
        this.node = node;
    }

    /** Fails when neither of two replicas has answered in time; a refusal of the input is not tried again. */
    Future<PredictReply> ask(String model, RoutedVersion version, Tensor input, int deadlineMillis) {
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(deadlineMillis);
        List<String> replicas = replicas(model, version);
        Iterator<String> untried = replicas.iterator();
        // a replica that hangs would take the whole deadline, so another is asked when half of it is gone
        return replicas.size() < 2
                ? askNext(untried, input, endNanos)
                : TwoAttempts.of(vertx, deadlineMillis / 2, () -> askNext(untried, input, endNanos));
    }

    /** Forgets breakers that hold nothing against their replicas, and those of replicas that are gone. */
    void sweep() {
        long now = System.nanoTime();
        breakers.values().removeIf(breaker -> breaker.isForgotten(now));
    }

    private Future<PredictReply> askNext(Iterator<String> untried, Tensor input, long endNanos) {
        long now = System.nanoTime();
        while (untried.hasNext()) {
            String replica = untried.next();
            if (breaker(replica).admits(now)) {
                return askOne(replica, input, Math.max(1, TimeUnit.NANOSECONDS.toMillis(endNanos - now)));
            }
        }
        return Future.failedFuture(Failure.UNAVAILABLE.because("no replica to ask"));
    }

    private Future<PredictReply> askOne(String replica, Tensor input, long withinMillis) {
        DeliveryOptions options = new DeliveryOptions().setSendTimeout(withinMillis);
        return vertx.eventBus()
                .<PredictReply>request(replica, new PredictRequest(input, withinMillis), options)
                .map(Message::body)
                .onSuccess(reply -> breaker(replica).succeeded())
                .onFailure(failure -> count(replica, failure));
    }

    /** Who is busy is neither broken nor known to be sound: to leave it alone would waste what it can do. */
    private void count(String replica, Throwable failure) {
        Failure cause = Failure.of(failure);
        if (cause == Failure.INVALID) {
            breaker(replica).succeeded();
        } else if (cause != Failure.BUSY) {
            breaker(replica).failed(System.nanoTime());
        }
    }

    private Breaker breaker(String replica) {
        return breakers.computeIfAbsent(replica, absent -> new Breaker());
    }

    private List<String> replicas(String model, RoutedVersion version) {
        List<String> nodes = new ArrayList<>(hosting.routes().nodes(model, version));
        Collections.shuffle(nodes, ThreadLocalRandom.current());
        if (hosting.here(model, version).isPresent()) {
            nodes.remove(node);
            nodes.add(0, node);
        }
        return nodes.stream()
                .map(name -> Addresses.replica(model, version.version(), version.sha256(), name))
                .toList();
    }
}
