package io.abgate.registry;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.LeaderBeacon;
import io.abgate.registry.contract.RouteTables;
import io.abgate.registry.contract.StoreBinding;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/**
 * Looks for registries of other stores in the cluster: each would get half of the messages, and hold half of the truth.
 * Of two that meet, the one that has led longer stays.
 */
final class Neighbours {
    private static final long ANSWER_MILLIS = 1_000;

    private final Vertx vertx;
    private final StoreBinding binding;
    private final LeaderBeacon own;
    private final MessageConsumer<LeaderBeacon> beacons;

    /**
     * Looks from now on.
     *
     * @param outranked told why, when another goes before this one
     */
    Neighbours(Vertx vertx, StoreBinding binding, LeaderBeacon own, Consumer<String> outranked) {
        this.vertx = vertx;
        this.binding = binding;
        this.own = own;
        this.beacons = vertx.eventBus().consumer(Addresses.LEADER, message -> heard(message, outranked));
    }

    private void heard(Message<LeaderBeacon> message, Consumer<String> outranked) {
        LeaderBeacon other = message.body();
        if (!other.storeId().equals(own.storeId()) && other.outranks(own)) {
            outranked.accept(refusal(own.storeId(), other.storeId()));
        }
    }

    private static String refusal(String came, String expected) {
        return "store: " + came + " (expected: " + expected + ", which the registry of this cluster has)";
    }

    /** What is said to a message of another store. */
    static String foreign(MultiMap headers, String storeId) {
        return refusal(StoreBinding.of(headers).orElse("none"), storeId);
    }

    /** Fails as CONFLICT when a registry of another store answers; nobody's answer is as good as one of the same store. */
    Future<?> look() {
        return vertx.eventBus()
                .<RouteTables>request(Addresses.ROUTES, own.node(), binding.within(ANSWER_MILLIS))
                .transform(answer -> {
                    if (answer.succeeded()) {
                        String there = answer.result().body().storeId();
                        return there.equals(own.storeId()) ? nobody() : refused(refusal(own.storeId(), there));
                    }
                    return Failure.of(answer.cause()) == Failure.CONFLICT
                            ? refused(String.valueOf(answer.cause().getMessage()))
                            : nobody();
                });
    }

    private static Future<Boolean> nobody() {
        return Future.succeededFuture(true);
    }

    private static Future<Boolean> refused(String why) {
        return Future.failedFuture(Failure.CONFLICT.because(why));
    }

    /** Lets the others know. */
    void shine() {
        vertx.eventBus().publish(Addresses.LEADER, own, binding.within(ANSWER_MILLIS));
    }

    Future<?> close() {
        return beacons.unregister();
    }
}
