package io.abgate.gateway.inference;

import io.abgate.gateway.health.Attempts;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.Traffic;
import io.vertx.core.Future;

/** Has one version answer, and notes how it did: every attempt at a version passes here. */
final class WatchedPredictor {
    private final Predictor predictor;

    WatchedPredictor(Predictor predictor) {
        this.predictor = predictor;
    }

    /** Fails when the version does not answer soundly within the model's deadline, or refuses the input. */
    Future<PredictReply> predict(ServedModel model, RoutedVersion version, Traffic traffic, Tensor input) {
        Attempts attempts = model.attempts().version(version.version()).at(traffic);
        long startNanos = System.nanoTime();
        return predictor
                .predict(
                        model.name(), version, input, model.settings().serving().deadlineMillis())
                .onComplete(reply -> answered(attempts, reply, startNanos), failure -> failed(attempts, failure));
    }

    /** Whether the version answers on any node that this one can reach. */
    boolean reaches(String model, RoutedVersion version) {
        return predictor.reaches(model, version);
    }

    private static void answered(Attempts attempts, PredictReply reply, long startNanos) {
        double sum = 0;
        for (double confidence : reply.confidence()) {
            sum += confidence;
        }
        long now = System.nanoTime();
        attempts.answered(now, now - startNanos, reply.rows(), sum / reply.rows());
    }

    private static void failed(Attempts attempts, Throwable failure) {
        if (Failure.of(failure) == Failure.INVALID) {
            attempts.rejected();
        } else {
            attempts.failed(System.nanoTime());
        }
    }
}
