package io.abgate.gateway.inference;

import io.abgate.model.ModelRuntime;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Tensor;
import io.vertx.core.Future;
import java.util.Optional;

/** Has one version answer: on this event loop when it is here and fast, else over the event bus. */
final class Predictor {
    private final Runtimes runtimes;
    private final ReplicaCalls replicas;

    Predictor(Runtimes runtimes, ReplicaCalls replicas) {
        this.runtimes = runtimes;
        this.replicas = replicas;
    }

    /** Fails when the version does not answer soundly within the deadline, or refuses the input. */
    Future<PredictReply> predict(String model, RoutedVersion version, Tensor input, int deadlineMillis) {
        Optional<ModelRuntime> runtime = runtimes.inline(model, version, input);
        Future<PredictReply> reply = runtime.isPresent()
                ? predictHere(runtime.get(), input)
                : replicas.ask(model, version, input, deadlineMillis);
        return reply.compose(came -> sound(came, input.rows()));
    }

    /** Whether the version answers on any node that this one can reach. */
    boolean reaches(String model, RoutedVersion version) {
        return runtimes.reaches(model, version);
    }

    private static Future<PredictReply> predictHere(ModelRuntime runtime, Tensor input) {
        try {
            return Future.succeededFuture(runtime.predict(input));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** An answer that says nothing counts as none, and so does one whose confidence no prediction id can carry. */
    private static Future<PredictReply> sound(PredictReply reply, int rows) {
        boolean complete =
                reply.rows() == rows && reply.confidence().length == rows && reply.probabilities().length == rows;
        for (int row = 0; complete && row < rows; row++) {
            int label = reply.label()[row];
            complete = label >= 0
                    && label < reply.labels().size()
                    && reply.probabilities()[row].length == reply.labels().size()
                    && isProbability(reply.confidence()[row]);
        }
        return complete
                ? Future.succeededFuture(reply)
                : Future.failedFuture(
                        new IllegalStateException("an answer with rows missing, or a confidence outside [0, 1]"));
    }

    private static boolean isProbability(double value) {
        return value >= 0 && value <= 1;
    }
}
