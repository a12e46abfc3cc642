package io.abgate.gateway.traffic;

import io.abgate.gateway.traffic.ModelTraffic.Counted;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.contract.TrafficKnown;
import io.abgate.registry.contract.TrafficReport;
import io.abgate.registry.domain.IssuedIds;
import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.domain.TrafficStream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the registry every second what this process's gateway counted; while there is no registry it waits here. One per
 * process with the gateway role.
 */
public final class TrafficVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(TrafficVerticle.class);
    private static final long PERIOD_MILLIS = 1_000;

    /** Of all that is told when the process ends. */
    private static final long LAST_MILLIS = 1_000;

    /** By so much later every request is over, whatever the model's deadline. */
    private static final long OVER_NANOS = TimeUnit.HOURS.toNanos(1);

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

    /** Requests are over by now: what was counted and not told yet is told, if there is a registry to hear it. */
    @Override
    public Future<?> stop() {
        Promise<Void> told = Promise.promise();
        long untilMillis = IssuedIds.gridMillis(System.currentTimeMillis()) + IssuedIds.GRID_MILLIS;
        traffic.collect(System.nanoTime() + OVER_NANOS, untilMillis)
                .onSuccess(counted -> context.runOnContext(
                        here -> tellAll(counted, untilMillis).onComplete(told)))
                .onFailure(told::tryFail);
        return told.future().timeout(LAST_MILLIS, TimeUnit.MILLISECONDS).recover(failure -> {
            LOG.info("what was counted last is not known to have been written: {}", failure.getMessage());
            return Future.succeededFuture();
        });
    }

    private Future<Void> tellAll(Map<String, List<Counted>> models, long untilMillis) {
        models.forEach((model, contexts) -> outbox(model).add(contexts, untilMillis));
        return Future.join(outboxes.entrySet().stream()
                        .map(entry -> tellLast(entry.getKey(), entry.getValue()))
                        .toList())
                .mapEmpty();
    }

    private Future<Void> tellLast(String model, Outbox outbox) {
        TrafficBatch batch = outbox.next().orElse(null);
        return batch == null
                ? Future.succeededFuture()
                : request(new TrafficReport(model, batch, true), LAST_MILLIS).compose(known -> {
                    outbox.known(known.number());
                    // what waited behind it comes next
                    return known.number() < batch.number() ? Future.succeededFuture() : tellLast(model, outbox);
                });
    }

    private void collect() {
        long untilMillis = IssuedIds.gridMillis(System.currentTimeMillis());
        traffic.collect(System.nanoTime(), untilMillis)
                .onSuccess(counted -> context.runOnContext(here -> tell(counted, untilMillis)));
    }

    private void tell(Map<String, List<Counted>> models, long untilMillis) {
        models.forEach((model, contexts) -> {
            Outbox outbox = outbox(model);
            outbox.add(contexts, untilMillis);
            outbox.next().ifPresent(batch -> request(new TrafficReport(model, batch), PERIOD_MILLIS)
                    // without an answer the same is told again
                    .onSuccess(known -> outbox.known(known.number())));
        });
    }

    private Outbox outbox(String model) {
        return outboxes.computeIfAbsent(model, first -> new Outbox(stream, process));
    }

    private Future<TrafficKnown> request(TrafficReport report, long withinMillis) {
        return vertx.eventBus()
                .<TrafficKnown>request(Addresses.TRAFFIC, report, binding.within(withinMillis))
                .map(Message::body);
    }
}
