package io.abgate.model.routing;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.RouteTables;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the {@link RouteBook} of a process: starts it from the copy on disk, listens for new tables, asks the registry
 * every second, and keeps the copy up to date. One per process with the role gateway or model.
 */
public final class RouteFollower extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(RouteFollower.class);
    private static final long PERIOD_MILLIS = 1_000;
    /** How old the confirmation in the copy may get. */
    private static final long REFRESH_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String node;
    private final RouteBook book;
    private final RouteCopy copy;
    private final InstantSource clock;
    private Future<Void> saving = Future.succeededFuture();
    private String lastRefusal = "";
    private boolean unsaved;
    private long savedNanos = System.nanoTime();

    /**
     * The follower of this process.
     *
     * @param node name of this process
     */
    public RouteFollower(String node, RouteBook book, RouteCopy copy, InstantSource clock) {
        this.node = node;
        this.book = book;
        this.copy = copy;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        return vertx.executeBlocking(copy::load)
                .onSuccess(loaded -> loaded.ifPresent(this::recall))
                .compose(loaded -> listen())
                .compose(listening -> pull())
                .onSuccess(asked -> vertx.setPeriodic(PERIOD_MILLIS, timer -> tick()));
    }

    private void recall(RouteCopy.Content content) {
        if (book.binding().bind(content.storeId())) {
            book.recall(content.tables(), clock.millis());
        } else {
            LOG.warn(
                    "the route copy is not used: {} is of store {} (expected: store {})",
                    copy,
                    content.storeId(),
                    book.binding().storeId().orElse("none"));
        }
    }

    private Future<Void> listen() {
        book.onChange(() -> context.runOnContext(changed -> save()));
        return vertx.eventBus()
                .<RouteTables>consumer(Addresses.ROUTES_CHANGED, message -> book.offer(message.body()))
                .completion();
    }

    private void tick() {
        pull();
        boolean old = System.nanoTime() - savedNanos > REFRESH_NANOS;
        if (old && !book.tables().isEmpty()) {
            save();
        }
    }

    /** Whether or not a registry answers: it is asked again at the next tick. */
    private Future<Void> pull() {
        return vertx.eventBus()
                .<RouteTables>request(Addresses.ROUTES, node, book.binding().within(PERIOD_MILLIS))
                .map(Message::body)
                .onSuccess(book::offer)
                .onFailure(this::refused)
                .transform(asked -> Future.succeededFuture());
    }

    private void refused(Throwable failure) {
        String why = String.valueOf(failure.getMessage());
        if (Failure.isOfAnotherStore(failure) && !why.equals(lastRefusal)) {
            lastRefusal = why;
            LOG.error(
                    "the registry refuses this process, whose {} is of another store; to follow it, move that file away and"
                            + " start again: {}",
                    copy,
                    why);
        }
    }

    /** Writes away from the event loop, one after the other; what changes meanwhile is written together. */
    private void save() {
        unsaved = true;
        if (saving.isComplete()) {
            saving = write();
        }
    }

    private Future<Void> write() {
        unsaved = false;
        savedNanos = System.nanoTime();
        return vertx.executeBlocking(this::keep)
                .onFailure(failure -> LOG.warn("the route copy is not kept: {}", failure.toString()))
                .transform(done -> unsaved ? write() : Future.succeededFuture());
    }

    private boolean keep() throws IOException {
        long now = clock.millis();
        String store = book.binding().storeId().orElseThrow();
        copy.save(new RouteCopy.Content(store, now, newest(book.toSave(now), store)));
        return true;
    }

    /** Another process with this home may have heard of newer tables, and then have died with its registry. */
    private List<RouteCopy.Saved> newest(List<RouteCopy.Saved> known, String store) {
        Map<String, RouteCopy.Saved> there = copy
                .load()
                .filter(content -> content.storeId().equals(store))
                .map(RouteCopy.Content::tables)
                .orElse(List.of())
                .stream()
                .collect(Collectors.toMap(saved -> saved.table().model(), Function.identity()));
        return known.stream()
                .map(ours -> {
                    RouteCopy.Saved theirs = there.getOrDefault(ours.table().model(), ours);
                    return theirs.table().epoch() > ours.table().epoch() ? theirs : ours;
                })
                .toList();
    }

    /** The last confirmation counts at the next start. */
    @Override
    public Future<?> stop() {
        if (!book.tables().isEmpty()) {
            save();
        }
        return saving;
    }
}
