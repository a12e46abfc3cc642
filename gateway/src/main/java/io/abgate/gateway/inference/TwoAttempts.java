package io.abgate.gateway.inference;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.PredictReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * One question, put a second time to somebody else when the first attempt fails or is not answered soon; whoever answers
 * first is heard. The first attempt is not given up meanwhile: slow is not hung. Lives on one context.
 */
final class TwoAttempts {
    private final Supplier<Future<PredictReply>> asks;
    private final Promise<PredictReply> answer = Promise.promise();
    private int attemptsLeft = 2;
    private int open;

    private TwoAttempts(Supplier<Future<PredictReply>> asks) {
        this.asks = asks;
    }

    /** Asks at once, and again after {@code patienceMillis}; a refusal of the input is not asked again. */
    static Future<PredictReply> of(Vertx vertx, long patienceMillis, Supplier<Future<PredictReply>> asks) {
        TwoAttempts attempts = new TwoAttempts(asks);
        long timer = vertx.setTimer(Math.max(1, patienceMillis), due -> attempts.ask());
        attempts.ask();
        return attempts.answer.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private void ask() {
        if (attemptsLeft > 0 && !answer.future().isComplete()) {
            attemptsLeft--;
            open++;
            asks.get().onComplete(answer::tryComplete, this::failed);
        }
    }

    private void failed(Throwable failure) {
        open--;
        if (Failure.of(failure) == Failure.INVALID) {
            answer.tryFail(failure);
            return;
        }
        ask();
        if (open == 0) {
            answer.tryFail(failure);
        }
    }
}
