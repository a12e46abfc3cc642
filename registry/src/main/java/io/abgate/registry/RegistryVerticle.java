package io.abgate.registry;

import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.webhook.Webhook;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Orders retraining, promotes, rolls back, as long as it leads; stands by while another registry does. */
public final class RegistryVerticle extends VerticleBase {
    private final List<ModelDefinition> models;
    private final Supplier<EventStore> opensStore;
    private final KeyRing keys;
    private final Time time;
    private final Consumer<String> fatal;
    private final Watchers watchers;
    private final Limits limits;
    private Writer writer;
    private Leadership leadership;

    /**
     * A registry over the store that {@code opensStore} opens, again and again while another process has it; the
     * verticle closes it when it stops or another leads.
     *
     * @param models in the order in which they get their numbers
     * @param keys that seal route tables
     * @param fatal told in one line why this process must end: a registry of another store goes before it
     * @param watchers told of alerts
     */
    public RegistryVerticle(
            List<ModelDefinition> models,
            Supplier<EventStore> opensStore,
            KeyRing keys,
            Time time,
            Consumer<String> fatal,
            Watchers watchers) {
        this(models, opensStore, keys, time, fatal, watchers, Limits.DEFAULT);
    }

    @SuppressWarnings("NullAway.Init") // start makes what a verticle without a Vertx cannot have
    RegistryVerticle(
            List<ModelDefinition> models,
            Supplier<EventStore> opensStore,
            KeyRing keys,
            Time time,
            Consumer<String> fatal,
            Watchers watchers,
            Limits limits) {
        this.models = List.copyOf(models);
        this.opensStore = opensStore;
        this.keys = keys;
        this.time = time;
        this.fatal = fatal;
        this.watchers = watchers;
        this.limits = limits;
    }

    @Override
    public Future<?> start() {
        writer = new Writer(vertx, limits.tasks());
        Optional<Webhook> webhook = watchers.webhook()
                .map(target ->
                        new Webhook(vertx, target, time.wall(), watchers.board().webhook()));
        leadership = new Leadership(
                vertx,
                writer,
                opensStore,
                term -> new Desk(vertx, term, models, keys, time, limits, watchers.board(), webhook),
                time,
                fatal);
        return leadership.start();
    }

    @Override
    public Future<?> stop() {
        return leadership
                .stop()
                .eventually(() -> vertx.executeBlocking(() -> {
                    writer.close();
                    return true;
                }));
    }
}
