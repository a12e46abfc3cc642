package io.abgate.gateway.health;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.HealthRequest;
import io.abgate.registry.contract.StoreBinding;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.Map;

/**
 * Tells other nodes how versions answer this process's gateway, and shows it in its meters every second. One per process
 * with the gateway role.
 */
public final class HealthVerticle extends VerticleBase {
    private static final long PERIOD_MILLIS = 1_000;

    private final String node;
    private final NodeHealth health;
    private final StoreBinding binding;
    private final List<String> models;
    private final HealthMeters shown;

    /**
     * @param node name of this process
     * @param health what its contexts saw
     * @param errorRateLimits from which on a version is degraded, of every model that is served; 0 is off
     */
    public HealthVerticle(
            String node,
            NodeHealth health,
            StoreBinding binding,
            Map<String, Double> errorRateLimits,
            MeterRegistry meters) {
        this.node = node;
        this.health = health;
        this.binding = binding;
        this.models = List.copyOf(errorRateLimits.keySet());
        this.shown = new HealthMeters(meters, errorRateLimits);
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(PERIOD_MILLIS, timer -> health.report(node, models).onSuccess(shown::show));
        return vertx.eventBus()
                .<HealthRequest>consumer(Addresses.health(node), this::tell)
                .completion();
    }

    private void tell(Message<HealthRequest> message) {
        boolean isForeign = binding.storeId()
                .filter(store -> StoreBinding.isForeign(message.headers(), store))
                .isPresent();
        if (isForeign) {
            message.fail(Failure.CONFLICT.code(), "store: another one than this node's (expected: the same)");
            return;
        }
        health.report(node, message.body().models()).onSuccess(message::reply);
    }
}
