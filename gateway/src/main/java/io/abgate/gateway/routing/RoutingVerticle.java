package io.abgate.gateway.routing;

import io.abgate.model.routing.RouteBook;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.NodeReport;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.TensorSpec;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Keeps the {@link Routes} of a process: listens for nodes, and says every second, and at once on every change, by which
 * tables this process routes. One per process with the gateway role. When the registry is gone the last tables stay in
 * force.
 */
public final class RoutingVerticle extends VerticleBase {
    private static final long PERIOD_MILLIS = 1_000;

    private final String node;
    private final long incarnation;
    private final RouteBook book;
    private final Routes routes;
    private final NodeDirectory directory = new NodeDirectory();
    private final Map<String, TensorSpec> inputs;
    private Reach reach;

    /**
     * @param node name of this process
     * @param incarnation when it started, in milliseconds since 1970
     * @param book of which changes are told
     * @param routes what to keep
     * @param models that are routed
     */
    @SuppressWarnings("NullAway.Init") // start makes what a verticle without a Vertx cannot have
    public RoutingVerticle(
            String node, long incarnation, RouteBook book, Routes routes, Collection<ModelSettings> models) {
        this.node = node;
        this.incarnation = incarnation;
        this.book = book;
        this.routes = routes;
        this.inputs = models.stream().collect(Collectors.toMap(ModelSettings::name, ModelSettings::input));
    }

    @Override
    public Future<?> start() {
        reach = new Reach(vertx, node, inputs, this::followNodes);
        book.onChange(() -> context.runOnContext(changed -> report()));
        vertx.setPeriodic(PERIOD_MILLIS, timer -> tick());
        return vertx.eventBus()
                .<NodeReport>consumer(Addresses.NODES, this::takeReport)
                .completion()
                .onSuccess(listening -> tick());
    }

    private void tick() {
        followNodes();
        report();
    }

    private void takeReport(Message<NodeReport> message) {
        directory.take(message.body(), System.nanoTime());
        reach.open(message.body());
        followNodes();
    }

    private void followNodes() {
        routes.replaceReplicas(directory.replicas(System.nanoTime(), reach::has));
    }

    private void report() {
        vertx.eventBus().publish(Addresses.NODES, new NodeReport(node, incarnation, List.of(), true, routes.epochs()));
    }
}
