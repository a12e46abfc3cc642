package io.abgate.model;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.NodeReport;
import io.abgate.registry.contract.RouteTables;
import io.abgate.registry.domain.RouteTable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The role {@code model} of a process: hosts the versions that route tables name, and reports which of them are warm.
 * One a process, on an event loop.
 */
public final class ModelNodeVerticle extends VerticleBase {
    private static final long PERIOD_MILLIS = 1000;
    private static final long GRACE_MILLIS = 2000;
    private static final Backoff RETRY = new Backoff(500, 30_000);
    private static final DeliveryOptions TIMEOUT = new DeliveryOptions().setSendTimeout(PERIOD_MILLIS);

    private final long incarnation;
    private final Hosting.Settings settings;
    private final Map<String, RouteTable> tables = new HashMap<>();
    private @Nullable Hosting hosting;

    /**
     * The role of this process.
     *
     * @param node name of this process
     * @param incarnation when it started, in milliseconds since 1970
     * @param hosted where versions are entered as soon as they are warm
     */
    public ModelNodeVerticle(String node, long incarnation, HostedModels hosted) {
        this(incarnation, new Hosting.Settings(node, hosted, ModelFormats.installed(), GRACE_MILLIS, RETRY));
    }

    ModelNodeVerticle(long incarnation, Hosting.Settings settings) {
        this.incarnation = incarnation;
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        hosting = new Hosting(vertx, settings, this::report);
        vertx.setPeriodic(0, PERIOD_MILLIS, timer -> tick());
        return vertx.eventBus()
                .<RouteTables>consumer(Addresses.ROUTES_CHANGED, message -> accept(message.body()))
                .completion();
    }

    @Override
    public Future<?> stop() {
        report(); // its versions are undeployed by now: tells the registry before the node is missed
        return Future.succeededFuture();
    }

    private void tick() {
        report();
        vertx.eventBus()
                .<RouteTables>request(Addresses.ROUTES, "", TIMEOUT)
                .map(Message::body)
                .onSuccess(this::accept); // a registry that is away is asked again at the next tick
    }

    private void accept(RouteTables came) {
        for (RouteTable table : came.tables()) {
            tables.merge(table.model(), table, ModelNodeVerticle::newer);
        }
        if (hosting != null) {
            hosting.want(tables.values().stream().flatMap(VersionKey::of).collect(Collectors.toSet()));
        }
    }

    private static RouteTable newer(RouteTable one, RouteTable other) {
        return other.epoch() > one.epoch() ? other : one;
    }

    private void report() {
        NodeReport report =
                new NodeReport(settings.node(), incarnation, settings.hosted().list(), false, List.of());
        vertx.eventBus().publish(Addresses.NODES, report);
    }
}
