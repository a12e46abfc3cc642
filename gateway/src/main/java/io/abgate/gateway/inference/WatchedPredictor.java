package io.abgate.gateway.inference;

import io.abgate.gateway.health.Attempts;
import io.abgate.model.ModelRuntime;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.Traffic;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Has one version answer, and notes how it did: every attempt at a version passes here. */
final class WatchedPredictor {
    private final Predictor predictor;

    WatchedPredictor(Predictor predictor) {
        this.predictor = predictor;
    }

    /** An answer, and when it was there by a monotonic clock. */
    record Timed(PredictReply reply, long atNanos) {}

    /** Fails when the version does not answer soundly within the model's deadline, or refuses the input. */
    Future<Timed> predict(ServedModel model, RoutedVersion version, Traffic traffic, Tensor input) {
        Attempts attempts = attempts(model, version, traffic);
        long startNanos = System.nanoTime();
        return predictor
                .predict(
                        model.name(),
                        version,
                        traffic,
                        input,
                        model.settings().serving().deadlineMillis())
                .map(reply -> answered(attempts, reply, startNanos))
                .onFailure(failure -> failed(attempts, failure));
    }

    /** This event loop's runtime of a version that may answer on it. */
    @Nullable
    ModelRuntime here(ServedModel model, RoutedVersion version, Tensor input) {
        return predictor.here(model.name(), version, input);
    }

    /**
     * The answer of a version on this event loop; throws as {@link #predict} fails.
     *
     * @param startNanos of the request, which serves as that of the attempt: the clock is read once more, at its end
     */
    Timed predictHere(
            ServedModel model,
            RoutedVersion version,
            Traffic traffic,
            ModelRuntime runtime,
            Tensor input,
            long startNanos) {
        Attempts attempts = attempts(model, version, traffic);
        try {
            return answered(attempts, Predictor.predictHere(runtime, input), startNanos);
        } catch (RuntimeException e) {
            failed(attempts, e);
            throw e;
        }
    }

    /** Whether the version answers on any node that this one can reach. */
    boolean reaches(String model, RoutedVersion version) {
        return predictor.reaches(model, version);
    }

    private static Attempts attempts(ServedModel model, RoutedVersion version, Traffic traffic) {
        return model.attempts().version(version.version()).at(traffic);
    }

    private static Timed answered(Attempts attempts, PredictReply reply, long startNanos) {
        double sum = 0;
        for (double confidence : reply.confidence()) {
            sum += confidence;
        }
        long now = System.nanoTime();
        attempts.answered(now, now - startNanos, reply.rows(), sum / reply.rows());
        return new Timed(reply, now);
    }

    /** To be refused by a full line is no attempt: there is no error to look for. */
    private static void failed(Attempts attempts, Throwable failure) {
        Failure cause = Failure.of(failure);
        if (cause == Failure.INVALID) {
            attempts.rejected();
        } else if (cause != Failure.BUSY) {
            attempts.failed(System.nanoTime());
        }
    }
}
