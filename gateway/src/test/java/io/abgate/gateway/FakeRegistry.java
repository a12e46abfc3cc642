package io.abgate.gateway;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.Label;
import io.abgate.registry.contract.LabelBatch;
import io.abgate.registry.contract.RouteTables;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.domain.RouteTable;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Serves route tables, and keeps the labels and samples that it is sent. */
public final class FakeRegistry {
    public final List<LabelBatch> labels = new CopyOnWriteArrayList<>();
    public final List<SampleBatch> samples = new CopyOnWriteArrayList<>();
    public final List<Object> messages = new CopyOnWriteArrayList<>();
    public volatile Function<Label, String> refusal = label -> "";
    /** What it answers to labels instead of taking them. */
    public volatile Optional<ReplyException> trouble = Optional.empty();

    private volatile RouteTables tables = Tables.sealed();
    private final EventBus bus;
    private final MessageConsumer<LabelBatch> labelDoor;

    public FakeRegistry(Vertx vertx) {
        bus = vertx.eventBus();
        bus.consumer(Addresses.ROUTES, message -> message.reply(tables));
        bus.<SampleBatch>consumer(Addresses.SAMPLES, message -> keep(message.body(), samples));
        labelDoor = bus.consumer(Addresses.LABELS, message -> message.reply(reply(message.body())));
    }

    private Object reply(LabelBatch batch) {
        return trouble.map(Object.class::cast).orElseGet(() -> commit(batch));
    }

    /** Puts tables in force. */
    public void publish(RouteTable... now) {
        tables = Tables.sealed(now);
        bus.publish(Addresses.ROUTES_CHANGED, tables);
    }

    /** Takes no more labels. */
    public void closeLabels() {
        labelDoor.unregister().await();
    }

    private FeedbackResult commit(LabelBatch batch) {
        keep(batch, labels);
        List<FeedbackResult.Rejected> rejected = batch.labels().stream()
                .filter(label -> !refusal.apply(label).isEmpty())
                .map(label -> new FeedbackResult.Rejected(label.index(), refusal.apply(label)))
                .toList();
        return new FeedbackResult(batch.labels().size() - rejected.size(), 0, 0, 0, rejected);
    }

    private <T> void keep(T message, List<T> kept) {
        kept.add(message);
        messages.add(message);
    }
}
