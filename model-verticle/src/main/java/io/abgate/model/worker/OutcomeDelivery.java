package io.abgate.model.worker;

import io.abgate.model.Backoff;
import io.abgate.registry.contract.Acknowledged;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.JobOutcome;
import io.abgate.registry.contract.StoreBinding;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a job's outcome until the registry has committed it, or says that it never will. */
final class OutcomeDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeDelivery.class);
    private static final long TIMEOUT_MILLIS = 10_000;
    private static final Backoff RETRY = new Backoff(500, 10_000);

    private final Vertx vertx;
    private final StoreBinding binding;
    private final JobOutcome outcome;
    private final Promise<Void> settled = Promise.promise();
    private int failures;

    OutcomeDelivery(Vertx vertx, StoreBinding binding, JobOutcome outcome) {
        this.vertx = vertx;
        this.binding = binding;
        this.outcome = outcome;
    }

    /** Ends, without a failure, when there is nothing left to send. */
    Future<Void> start() {
        send();
        return settled.future();
    }

    private void send() {
        vertx.eventBus()
                .<Acknowledged>request(Addresses.JOB_OUTCOME, outcome, binding.within(TIMEOUT_MILLIS))
                .onSuccess(taken -> settled.complete())
                .onFailure(this::failed);
    }

    private void failed(Throwable failure) {
        Failure cause = Failure.isOfAnotherStore(failure) ? Failure.UNAVAILABLE : Failure.of(failure);
        switch (cause) {
            case UNAVAILABLE, BUSY, INTERNAL -> vertx.setTimer(RETRY.millis(++failures), timer -> send());
            case INVALID, NOT_FOUND, CONFLICT, STILL_RUNNING, KEY_REUSED -> refused(failure);
        }
    }

    private void refused(Throwable failure) {
        LOG.warn("the outcome of job {} was refused: {}", outcome.job(), failure.getMessage());
        settled.complete();
    }
}
