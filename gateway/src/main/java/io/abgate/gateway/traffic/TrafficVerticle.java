package io.abgate.gateway.traffic;

import io.abgate.gateway.traffic.ModelTraffic.Counted;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.contract.TrafficKnown;
import io.abgate.registry.contract.TrafficReport;
import io.abgate.registry.domain.IssuedIds;
import io.abgate.registry.domain.TrafficStream;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the registry every second what this process's gateway counted; while there is no registry it waits here. One per
 * process with the gateway role.
 */
public final class TrafficVerticle extends VerticleBase {
    private static final long PERIOD_MILLIS = 1_000;

    private final TrafficStream stream;
    private final long process;
    private final NodeTraffic traffic;
    private final StoreBinding binding;
    private final Map<String, Outbox> outboxes = new HashMap<>();

    /**
     * A reporter that sends from its start on.
     *
     * @param stream this process
     * @param process the same, as its prediction ids name it
     * @param traffic what its contexts count
     */
    public TrafficVerticle(TrafficStream stream, long process, NodeTraffic traffic, StoreBinding binding) {
        this.stream = stream;
        this.process = process;
        this.traffic = traffic;
        this.binding = binding;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(PERIOD_MILLIS, timer -> collect());
        return Future.succeededFuture();
    }

    private void collect() {
        long untilMillis = IssuedIds.gridMillis(System.currentTimeMillis());
        traffic.collect(System.nanoTime(), untilMillis)
                .onSuccess(counted -> context.runOnContext(here -> tell(counted, untilMillis)));
    }

    private void tell(Map<String, List<Counted>> models, long untilMillis) {
        models.forEach((model, contexts) -> {
            Outbox outbox = outboxes.computeIfAbsent(model, first -> new Outbox(stream, process));
            outbox.add(contexts, untilMillis);
            outbox.next().ifPresent(batch -> vertx.eventBus()
                    .<TrafficKnown>request(
                            Addresses.TRAFFIC, new TrafficReport(model, batch), binding.within(PERIOD_MILLIS))
                    .map(Message::body)
                    // without an answer the same is told again
                    .onSuccess(known -> outbox.known(known.number())));
        });
    }
}
