package io.abgate.model.worker;

import io.abgate.model.Backoff;
import io.abgate.registry.contract.Acknowledged;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.JobOutcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a job's outcome until the registry has committed it, or says that it never will. */
final class OutcomeDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeDelivery.class);
    private static final DeliveryOptions TIMEOUT = new DeliveryOptions().setSendTimeout(10_000);
    private static final Backoff RETRY = new Backoff(500, 10_000);

    private final Vertx vertx;
    private final JobOutcome outcome;
    private final Promise<Void> settled = Promise.promise();
    private int failures;

    OutcomeDelivery(Vertx vertx, JobOutcome outcome) {
        this.vertx = vertx;
        this.outcome = outcome;
    }

    /** Ends, without a failure, when there is nothing left to send. */
    Future<Void> start() {
        send();
        return settled.future();
    }

    private void send() {
        vertx.eventBus()
                .<Acknowledged>request(Addresses.JOB_OUTCOME, outcome, TIMEOUT)
                .onSuccess(taken -> settled.complete())
                .onFailure(this::failed);
    }

    private void failed(Throwable failure) {
        switch (Failure.of(failure)) {
            case UNAVAILABLE, INTERNAL -> vertx.setTimer(RETRY.millis(++failures), timer -> send());
            case INVALID, NOT_FOUND, CONFLICT -> refused(failure);
        }
    }

    private void refused(Throwable failure) {
        LOG.warn("the outcome of job {} was refused: {}", outcome.job(), failure.getMessage());
        settled.complete();
    }
}
