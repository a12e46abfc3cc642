package io.abgate.registry;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.Label;
import io.abgate.registry.contract.LabelBatch;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.contract.SampleBatch.Sample;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Speaks to a registry as gateways do, and waits for its answers. */
final class Bus {
    private final Vertx vertx;

    Bus(Vertx vertx) {
        this.vertx = vertx;
    }

    <T> T request(String address, Object message, Class<T> answer) {
        return answer.cast(await(vertx.eventBus().request(address, message)).body());
    }

    Answer ask(Operation.Kind kind, String model, long number, String body) {
        return request(Addresses.OPERATE, operation(kind, model, number, body, null), Answer.class);
    }

    Answer ask(Operation operation) {
        return request(Addresses.OPERATE, operation, Answer.class);
    }

    JsonObject read(Operation.Kind kind, String model, long number) {
        return new JsonObject(ask(kind, model, number, "{}").body());
    }

    /** Asks for what must be refused. */
    ReplyException refused(Operation.Kind kind, String model, String body) {
        return refused(operation(kind, model, 0, body, null));
    }

    ReplyException refused(Operation operation) {
        try {
            Answer answer = request(Addresses.OPERATE, operation, Answer.class);
            throw new AssertionError("not refused: " + answer);
        } catch (Failed failed) {
            return (ReplyException) failed.getCause();
        }
    }

    static Operation registration(String model, String artifact, String body) {
        return operation(
                Operation.Kind.REGISTER, model, 0, body, new Artifact(artifact.getBytes(StandardCharsets.UTF_8)));
    }

    static Operation operation(
            Operation.Kind kind, String model, long number, String body, @Nullable Artifact artifact) {
        return new Operation(kind, model, number, body, artifact, "operator");
    }

    /** The same operation under a key. */
    static Operation keyed(Operation one, String key) {
        return new Operation(one.kind(), one.model(), one.number(), one.body(), one.artifact(), one.actor(), key);
    }

    FeedbackResult labels(String model, List<Label> labels) {
        return request(Addresses.LABELS, new LabelBatch(model, labels), FeedbackResult.class);
    }

    void samples(String model, List<Sample> samples) {
        vertx.eventBus().send(Addresses.SAMPLES, new SampleBatch(model, samples));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new Failed(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** A future failed. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(Throwable cause) {
            super(cause);
        }

        @Override
        public synchronized Throwable getCause() {
            return super.getCause();
        }
    }
}
