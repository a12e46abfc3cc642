package io.abgate.gateway.inference;

import io.abgate.model.ModelRuntime;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.Traffic;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Has one version answer: on this event loop when it is here and fast, else over the event bus. */
final class Predictor {
    private final Runtimes runtimes;
    private final ReplicaCalls replicas;
    private final ReplicaCalls copies;

    /** Copies have breakers of their own: what becomes of them, which nobody waits for, keeps no request away. */
    Predictor(Runtimes runtimes, ReplicaCalls replicas, ReplicaCalls copies) {
        this.runtimes = runtimes;
        this.replicas = replicas;
        this.copies = copies;
    }

    /** Fails when the version does not answer soundly within the deadline, or refuses the input. */
    Future<PredictReply> predict(
            String model, RoutedVersion version, Traffic traffic, Tensor input, int deadlineMillis) {
        ModelRuntime runtime = here(model, version, input);
        if (runtime == null) {
            ReplicaCalls calls = traffic == Traffic.COPIES ? copies : replicas;
            return calls.ask(model, version, input, deadlineMillis).map(reply -> sound(reply, input.rows()));
        }
        try {
            return Future.succeededFuture(predictHere(runtime, input));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** This event loop's runtime of a version that may answer on it. */
    @Nullable
    ModelRuntime here(String model, RoutedVersion version, Tensor input) {
        return runtimes.inline(model, version, input).orElse(null);
    }

    /** The answer of a version on this event loop; throws when it gives none that is sound. */
    static PredictReply predictHere(ModelRuntime runtime, Tensor input) {
        return sound(runtime.predict(input), input.rows());
    }

    /** Whether the version answers on any node that this one can reach. */
    boolean reaches(String model, RoutedVersion version) {
        return runtimes.reaches(model, version);
    }

    /** An answer that says nothing counts as none, and so does one whose confidence no prediction id can carry. */
    private static PredictReply sound(PredictReply reply, int rows) {
        boolean complete =
                reply.rows() == rows && reply.confidence().length == rows && reply.probabilities().length == rows;
        for (int row = 0; complete && row < rows; row++) {
            int label = reply.label()[row];
            complete = label >= 0
                    && label < reply.labels().size()
                    && reply.probabilities()[row].length == reply.labels().size()
                    && isProbability(reply.confidence()[row]);
        }
        if (!complete) {
            throw new IllegalStateException("an answer with rows missing, or a confidence outside [0, 1]");
        }
        return reply;
    }

    private static boolean isProbability(double value) {
        return value >= 0 && value <= 1;
    }
}
