package io.abgate.gateway.routing;

import io.abgate.model.Backoff;
import io.abgate.model.routing.RouteBook;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the {@link Overrides} of a process in time, and tells a registry, as soon as one answers, that each began and
 * ended. One per process with the gateway role.
 */
public final class OverrideVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(OverrideVerticle.class);
    private static final long PERIOD_MILLIS = 200;
    private static final long NOTICE_MILLIS = 2_000;
    private static final Backoff RETRY = new Backoff(1_000, 30_000);

    private final Overrides overrides;
    private final RouteBook book;
    private boolean following;
    private boolean telling;
    private int failures;

    public OverrideVerticle(Overrides overrides, RouteBook book) {
        this.overrides = overrides;
        this.book = book;
    }

    @Override
    public Future<?> start() {
        return change(overrides::recall).onSuccess(recalled -> {
            book.onChange(() -> context.runOnContext(changed -> tick()));
            vertx.setPeriodic(PERIOD_MILLIS, timer -> tick());
        });
    }

    @Override
    public Future<?> stop() {
        return vertx.executeBlocking(() -> {
            overrides.close();
            return true;
        });
    }

    private Future<Boolean> change(Runnable change) {
        return vertx.executeBlocking(() -> {
            change.run();
            return true;
        });
    }

    private void tick() {
        if (!following && overrides.isDue()) {
            following = true;
            change(overrides::follow).onComplete(done -> following = false);
        }
        if (!telling) {
            overrides.untold().ifPresent(this::tell);
        }
    }

    private void tell(Overriding one) {
        telling = true;
        vertx.eventBus()
                .<Answer>request(Addresses.OPERATE, notice(one), book.binding().within(NOTICE_MILLIS))
                .onSuccess(answer -> took(one))
                .onFailure(failure -> refused(one, failure));
    }

    private static Operation notice(Overriding one) {
        Long ended = one.toldBegan() ? one.ended() : null;
        JsonObject body = new JsonObject()
                .put("id", one.id())
                .put("node", one.node())
                .put("version", one.version())
                .put("from", Instant.ofEpochMilli(one.from()).toString())
                .put("until", Instant.ofEpochMilli(one.until()).toString())
                .put("reason", one.reason());
        if (ended != null) {
            body.put("ended", Instant.ofEpochMilli(ended).toString());
        }
        String key = "override/" + one.id() + (ended == null ? "/began" : "/ended");
        return new Operation(Operation.Kind.OVERRIDE, one.model(), one.version(), body.encode(), null, "operator", key);
    }

    private void took(Overriding one) {
        failures = 0;
        change(() -> overrides.told(one.id())).onComplete(done -> telling = false);
    }

    private void refused(Overriding one, Throwable failure) {
        Failure cause = Failure.isOfAnotherStore(failure) ? Failure.UNAVAILABLE : Failure.of(failure);
        switch (cause) {
            case UNAVAILABLE, BUSY, INTERNAL, STILL_RUNNING ->
                vertx.setTimer(RETRY.millis(++failures), timer -> telling = false);
            case INVALID, NOT_FOUND, CONFLICT, KEY_REUSED -> {
                LOG.warn("the registry does not take an override of {}: {}", one.model(), failure.getMessage());
                took(one);
            }
        }
    }
}
