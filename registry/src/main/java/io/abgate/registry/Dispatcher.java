package io.abgate.registry;

import io.abgate.registry.contract.Acknowledged;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.store.JobRow;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives open jobs to workers, oldest first. A job whose worker has fallen silent, or that was running when the registry
 * itself was started, is given again.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final long AGAIN_MILLIS = 500;
    private static final long TAKEN_MILLIS = 5_000;

    private final Vertx vertx;
    private final Term term;
    private final StoreBinding binding;
    private final Books books;
    private final Jobs jobs;
    private final Nodes nodes;
    private final Time time;
    private final Map<Long, Worker> workers = new HashMap<>();
    private final Set<Long> offered = new HashSet<>();

    /** Who has a job; a process that was started again under the same name has lost it. */
    private record Worker(String node, long incarnation, long takenAtNanos) {
        /** This worker, with the incarnation that its first report tells. */
        Worker heard(Nodes nodes) {
            return incarnation == Nodes.UNHEARD ? new Worker(node, nodes.incarnation(node), takenAtNanos) : this;
        }

        boolean isGone(Nodes nodes, long nowNanos) {
            return incarnation == Nodes.UNHEARD
                    ? nowNanos - takenAtNanos > Nodes.SILENT_NANOS
                    : !nodes.isAlive(node, incarnation);
        }
    }

    Dispatcher(Vertx vertx, Term term, StoreBinding binding, Books books, Jobs jobs, Nodes nodes, Time time) {
        this.vertx = vertx;
        this.term = term;
        this.binding = binding;
        this.books = books;
        this.jobs = jobs;
        this.nodes = nodes;
        this.time = time;
    }

    /** Offers the oldest job that no living worker has. To be called on the writer thread. */
    void dispatch() {
        if (!offered.isEmpty()) {
            return; // one offer at a time keeps the order
        }
        workers.replaceAll((job, worker) -> worker.heard(nodes));
        workers.values()
                .removeIf(worker -> worker.isGone(nodes, time.nanoClock().getAsLong()));
        books.states().stream()
                .flatMap(state -> state.openJobs().stream())
                .filter(job -> !workers.containsKey(job))
                .min(Long::compare)
                .flatMap(job -> books.store().job(job))
                .ifPresent(this::offer);
    }

    private void offer(JobRow row) {
        TrainOrder order = jobs.trainOrder(row);
        offered.add(row.id());
        vertx.eventBus()
                .<Acknowledged>request(Addresses.TRAIN, order, binding.within(TAKEN_MILLIS))
                .onComplete(
                        taken -> later(() -> taken(row, taken.body().by())),
                        // everybody is busy, or nobody is there: an order is too large to be made again at once
                        refused -> vertx.setTimer(AGAIN_MILLIS, due -> later(() -> withdrawn(row))));
    }

    private void later(Runnable work) {
        term.submit(() -> {
                    work.run();
                    return true;
                })
                .onFailure(failure -> again(work, failure));
    }

    private void again(Runnable work, Throwable failure) {
        if (!term.isOver()) {
            LOG.warn("a job's state was not kept, will be tried again: {}", failure.getMessage());
            vertx.setTimer(AGAIN_MILLIS, due -> later(work));
        }
    }

    private void withdrawn(JobRow row) {
        offered.remove(row.id());
        dispatch();
    }

    private void taken(JobRow row, String worker) {
        offered.remove(row.id());
        boolean stillOpen = books.store()
                .job(row.id())
                .filter(now -> !now.state().isEnded())
                .isPresent();
        if (stillOpen) {
            workers.put(
                    row.id(),
                    new Worker(
                            worker, nodes.incarnation(worker), time.nanoClock().getAsLong()));
            jobs.running(row);
            dispatch();
        }
    }

    /** A job is over. */
    void ended(long job) {
        workers.remove(job);
    }
}
