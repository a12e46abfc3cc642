package io.abgate.gateway.health;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.HealthReport;
import io.abgate.registry.contract.HealthReport.OfModel;
import io.abgate.registry.contract.HealthRequest;
import io.abgate.registry.contract.NodeReport;
import io.abgate.registry.contract.StoreBinding;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks every gateway node how versions answer, with or without a registry. A node that does not answer soon is said to be
 * silent, and what it saw is missing. For one context.
 */
public final class ClusterHealth {
    private static final long WITHIN_MILLIS = 500;
    private static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Vertx vertx;
    private final StoreBinding binding;
    private final String ownNode;
    private final @Nullable NodeHealth own;
    private final Map<String, Long> heardNanos = new HashMap<>();

    /**
     * @param ownNode name of this process
     * @param own what its contexts saw; null without the role gateway
     */
    public ClusterHealth(Vertx vertx, StoreBinding binding, String ownNode, @Nullable NodeHealth own) {
        this.vertx = vertx;
        this.binding = binding;
        this.ownNode = ownNode;
        this.own = own;
    }

    /**
     * What all nodes that answered saw together.
     *
     * @param models by name
     * @param nodes whether each answered, by name
     */
    public record Gathered(Map<String, OfModel> models, Map<String, Boolean> nodes) {
        /** Of a model; nothing when nobody saw any of it. */
        public OfModel of(String model) {
            return models.getOrDefault(model, new OfModel(model, 0, List.of()));
        }

        /** Whether there is a gateway node, and every one answered. */
        public boolean isComplete() {
            return !nodes.isEmpty() && !nodes.containsValue(false);
        }
    }

    private record Asked(String node, Future<Optional<HealthReport>> report) {}

    /** Listens for gateway nodes. */
    public Future<?> start() {
        return vertx.eventBus()
                .<NodeReport>consumer(Addresses.NODES, message -> hear(message.body()))
                .completion();
    }

    private void hear(NodeReport report) {
        if (report.gateway()) {
            heardNanos.put(report.node(), System.nanoTime());
        }
    }

    /** Asks for these models; never fails. */
    public Future<Gathered> ask(Collection<String> models) {
        long now = System.nanoTime();
        heardNanos.values().removeIf(heard -> now - heard > LIFE_NANOS);
        List<Asked> asked = new ArrayList<>();
        if (own != null) {
            asked.add(new Asked(ownNode, ask(own, models)));
        }
        HealthRequest request = new HealthRequest(List.copyOf(models));
        heardNanos.keySet().stream()
                .filter(node -> own == null || !node.equals(ownNode))
                .map(node -> new Asked(node, ask(node, request)))
                .forEach(asked::add);
        return Future.join(asked.stream().map(Asked::report).toList())
                .transform(all -> Future.succeededFuture(sum(asked)));
    }

    /** One of this process's event loops may be as stuck as another node. */
    private Future<Optional<HealthReport>> ask(NodeHealth here, Collection<String> models) {
        Promise<Optional<HealthReport>> answer = Promise.promise();
        long timer = vertx.setTimer(WITHIN_MILLIS, late -> answer.tryComplete(Optional.empty()));
        here.report(ownNode, models).onComplete(report -> {
            vertx.cancelTimer(timer);
            answer.tryComplete(Optional.ofNullable(report.result()));
        });
        return answer.future();
    }

    private Future<Optional<HealthReport>> ask(String node, HealthRequest request) {
        return vertx.eventBus()
                .<HealthReport>request(Addresses.health(node), request, binding.within(WITHIN_MILLIS))
                .map(Message::body)
                .map(Optional::of)
                .otherwise(Optional.empty());
    }

    private static Gathered sum(List<Asked> asked) {
        Map<String, OfModel> models = new HashMap<>();
        Map<String, Boolean> nodes = new TreeMap<>();
        for (Asked one : asked) {
            Optional<HealthReport> report =
                    Optional.ofNullable(one.report().result()).flatMap(came -> came);
            nodes.put(one.node(), report.isPresent());
            report.ifPresent(came -> came.models().forEach(model -> models.merge(model.model(), model, OfModel::plus)));
        }
        return new Gathered(models, nodes);
    }
}
