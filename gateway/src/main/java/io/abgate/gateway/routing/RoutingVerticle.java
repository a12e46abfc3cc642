package io.abgate.gateway.routing;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.NodeReport;
import io.abgate.registry.contract.RouteTables;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.List;

/**
 * Keeps the {@link Routes} of a process: listens for new tables and for nodes, asks the registry every second, and says
 * every second, and at once on every change, by which tables this process routes. One per process with the gateway
 * role. When the registry is gone the last tables stay in force.
 */
public final class RoutingVerticle extends VerticleBase {
    private static final long PERIOD_MILLIS = 1_000;
    private static final DeliveryOptions PULL = new DeliveryOptions().setSendTimeout(PERIOD_MILLIS);

    private final String node;
    private final long incarnation;
    private final Routes routes;
    private final NodeDirectory directory = new NodeDirectory();

    /**
     * @param node name of this process
     * @param incarnation when it started, in milliseconds since 1970
     * @param routes what to keep
     */
    public RoutingVerticle(String node, long incarnation, Routes routes) {
        this.node = node;
        this.incarnation = incarnation;
        this.routes = routes;
    }

    @Override
    public Future<?> start() {
        Future<Void> tables = vertx.eventBus()
                .<RouteTables>consumer(Addresses.ROUTES_CHANGED, this::takeTables)
                .completion();
        Future<Void> nodes = vertx.eventBus()
                .<NodeReport>consumer(Addresses.NODES, this::takeReport)
                .completion();
        vertx.setPeriodic(PERIOD_MILLIS, timer -> tick());
        return Future.all(tables, nodes).onSuccess(listening -> tick());
    }

    private void tick() {
        routes.replaceReplicas(directory.replicas(System.nanoTime()));
        report();
        vertx.eventBus()
                .<RouteTables>request(Addresses.ROUTES, node, PULL)
                .map(Message::body)
                .onSuccess(this::offer);
    }

    private void takeTables(Message<RouteTables> message) {
        offer(message.body());
    }

    private void takeReport(Message<NodeReport> message) {
        long now = System.nanoTime();
        directory.take(message.body(), now);
        routes.replaceReplicas(directory.replicas(now));
    }

    private void offer(RouteTables offered) {
        if (routes.offer(offered)) {
            report();
        }
    }

    private void report() {
        vertx.eventBus().publish(Addresses.NODES, new NodeReport(node, incarnation, List.of(), true, routes.epochs()));
    }
}
