package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.LabelBatch;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where labels and samples wait, up to a bound, while a commit is under way; the next one takes all that wait. */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Term term;
    private final GroupCommit commits;
    private final Limits limits;
    private final Consumer<Set<String>> committed;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int rowsWaiting;
    private boolean scheduled;

    /**
     * What one caller brought.
     *
     * @param promise of what became of it; a caller with samples does not listen
     */
    record Waiting(
            String model, Optional<LabelBatch> labels, Optional<SampleBatch> samples, Promise<FeedbackResult> promise) {
        /** How much it is, at least 1. */
        int rows() {
            int rows = labels.map(batch -> batch.labels().size()).orElse(0)
                    + samples.map(batch -> batch.samples().size()).orElse(0);
            return Math.max(1, rows);
        }
    }

    /**
     * An intake.
     *
     * @param committed told on the writer thread of which models something was committed
     */
    Intake(Term term, GroupCommit commits, Limits limits, Consumer<Set<String>> committed) {
        this.term = term;
        this.commits = commits;
        this.limits = limits;
        this.committed = committed;
    }

    /** Commits a batch: when the future succeeds its labels are durable and folded. UNAVAILABLE when too much waits. */
    Future<FeedbackResult> labels(LabelBatch batch) {
        return add(new Waiting(batch.model(), Optional.of(batch), Optional.empty(), Promise.promise()));
    }

    /** Commits samples; those that are there already are left as they are. */
    Future<?> samples(SampleBatch batch) {
        return add(new Waiting(batch.model(), Optional.empty(), Optional.of(batch), Promise.promise()));
    }

    private synchronized Future<FeedbackResult> add(Waiting caller) {
        if (!waiting.isEmpty() && rowsWaiting + caller.rows() > limits.labels()) {
            return Future.failedFuture(Failure.UNAVAILABLE.because("labels: " + rowsWaiting
                    + " wait for the store already (expected: room for " + caller.rows() + " more, of "
                    + limits.labels() + ")"));
        }
        waiting.add(caller);
        rowsWaiting += caller.rows();
        if (!scheduled) {
            schedule();
        }
        return caller.promise.future();
    }

    private void schedule() {
        scheduled = true;
        term.submit(this::flush).onFailure(this::refuseAll);
    }

    private boolean flush() {
        List<Waiting> group = take();
        commits.commit(group, new GroupCommit.Told() {
            @Override
            public void result(Waiting caller, FeedbackResult result) {
                term.context().runOnContext(done -> caller.promise.complete(result));
            }

            @Override
            public void failure(Waiting caller, Throwable failure) {
                term.context().runOnContext(done -> caller.promise.fail(explained(failure)));
            }
        });
        committed.accept(group.stream().map(Waiting::model).collect(Collectors.toSet()));
        return true;
    }

    private synchronized List<Waiting> take() {
        List<Waiting> group = new ArrayList<>();
        int rows = 0;
        while (!waiting.isEmpty() && rows < limits.together()) {
            Waiting next = waiting.remove();
            rows += next.rows();
            group.add(next);
        }
        rowsWaiting -= rows;
        scheduled = false;
        if (!waiting.isEmpty()) {
            schedule();
        }
        return group;
    }

    private static Throwable explained(Throwable failure) {
        return failure instanceof StoreException
                ? Failure.UNAVAILABLE.because(String.valueOf(failure.getMessage()))
                : failure;
    }

    private synchronized void refuseAll(Throwable failure) {
        LOG.warn("{} labels and samples are not taken: {}", rowsWaiting, failure.getMessage());
        List<Waiting> refused = List.copyOf(waiting);
        waiting.clear();
        rowsWaiting = 0;
        scheduled = false;
        refused.forEach(caller -> caller.promise.fail(failure));
    }
}
