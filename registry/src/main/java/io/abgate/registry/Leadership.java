package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.LeaderBeacon;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.store.DeposedException;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.LeaseHeldException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads while it has the store, stands by while another has it: opens the store, listens, keeps the lease, steps down,
 * tries again. On the context of its verticle, but for what it gives to the writer.
 */
final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final long BEAT_MILLIS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final Writer writer;
    private final Supplier<EventStore> opensStore;
    private final Function<Term, Desk> desks;
    private final Time time;
    private final Consumer<String> fatal;
    private final String node = UUID.randomUUID().toString();
    private @Nullable Reign reign;
    private volatile String lastTrouble = "";
    private Future<?> attempt = Future.succeededFuture();
    private boolean busy;
    private boolean ended;

    /** What there is while leading. */
    private record Reign(Term term, Doors doors, Neighbours neighbours) {}

    Leadership(
            Vertx vertx,
            Writer writer,
            Supplier<EventStore> opensStore,
            Function<Term, Desk> desks,
            Time time,
            Consumer<String> fatal) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.writer = writer;
        this.opensStore = opensStore;
        this.desks = desks;
        this.time = time;
        this.fatal = fatal;
    }

    /** Leads, or stands by; fails when the store cannot be opened for another reason. */
    Future<?> start() {
        return tryToLead().onSuccess(done -> vertx.setPeriodic(BEAT_MILLIS, timer -> beat()));
    }

    private Future<?> tryToLead() {
        attempt = writer.submit(this::open)
                .compose(opened -> opened.<Future<?>>map(this::lead).orElseGet(Future::succeededFuture));
        return attempt;
    }

    /** An opened store with its desk; empty while another leads. On the writer thread. */
    private Optional<Desk> open() {
        try {
            EventStore store = opensStore.get();
            try {
                return Optional.of(desks.apply(new Term(context, writer, new Pen(store, time.nanoClock()))));
            } catch (RuntimeException | Error e) {
                store.close(); // or its lock would outlive a start that failed
                throw e;
            }
        } catch (LeaseHeldException | DeposedException e) {
            if (isNews(e)) {
                LOG.info("standing by: {}", e.getMessage());
            }
            return Optional.empty();
        }
    }

    private boolean isNews(Throwable trouble) {
        boolean news = !lastTrouble.equals(trouble.getMessage());
        lastTrouble = String.valueOf(trouble.getMessage());
        return news;
    }

    private Future<?> lead(Desk desk) {
        Term term = desk.term();
        if (ended) {
            return writer.submit(() -> close(term));
        }
        StoreBinding binding = new StoreBinding();
        binding.bind(term.storeId());
        LeaderBeacon own =
                new LeaderBeacon(term.storeId(), node, time.wall().instant().toEpochMilli());
        Reign begun = new Reign(
                term, new Doors(vertx, term, desk, binding, time), new Neighbours(vertx, binding, own, this::giveWay));
        return begun.neighbours.look().onSuccess(alone -> begin(begun, desk)).recover(stranger -> writer.submit(
                        () -> close(term))
                .eventually(begun.neighbours::close)
                .compose(done -> Future.failedFuture(stranger)));
    }

    private void begin(Reign begun, Desk desk) {
        if (begun.term.isOver()) { // the next beat tries again
            begun.neighbours.close();
            return;
        }
        reign = begun;
        lastTrouble = "";
        begun.term.whenDeposed(reason -> stepDown(begun, reason));
        begun.term
                .submit(desk::begin)
                .onFailure(failure -> LOG.warn("what is due is put off: {}", failure.getMessage()));
        begun.doors.open();
        begun.neighbours.shine();
    }

    private static boolean close(Term term) {
        term.end();
        return true;
    }

    private void beat() {
        Reign now = reign;
        if (now != null && now.term.isOverdue()) { // also while a write hangs: half of the messages would wait for it
            stepDown(now, "the lease could not be renewed");
        } else if (now != null) {
            now.neighbours.shine();
        }
        if (!ended && !busy) {
            busy = true;
            Future<?> step = reign == null ? tryToLead() : reign.term.renew();
            step.onComplete(done -> busy = false)
                    .onFailure(reign == null ? this::stillStandingBy : this::stillNotRenewed);
        }
    }

    private void stillNotRenewed(Throwable failure) {
        if (isNews(failure)) {
            LOG.warn("the lease is not renewed: {}", failure.getMessage());
        }
    }

    private void stillStandingBy(Throwable failure) {
        if (Failure.of(failure) == Failure.CONFLICT) { // a registry of another store
            giveWay(String.valueOf(failure.getMessage()));
        } else if (isNews(failure)) {
            LOG.warn("standing by, the store cannot be opened: {}", failure.getMessage());
        }
    }

    private void stepDown(Reign over, String reason) {
        if (over.equals(reign)) {
            LOG.warn("this registry stands by from now on: {}", reason);
            end(over);
        }
    }

    private Future<Boolean> end(Reign over) {
        reign = null;
        return Future.join(over.doors.close(), over.neighbours.close())
                .transform(closed -> writer.submit(() -> close(over.term)));
    }

    /** A registry of another store goes before this one: it stops for good. */
    private void giveWay(String reason) {
        if (!ended) {
            stop();
            fatal.accept(reason);
        }
    }

    Future<?> stop() {
        ended = true;
        return attempt.transform(done -> reign == null ? Future.succeededFuture() : end(reign));
    }
}
