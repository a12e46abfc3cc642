package io.abgate.registry;

import io.abgate.registry.contract.Acknowledged;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.CheckOrder;
import io.abgate.registry.contract.CheckReply;
import io.abgate.registry.contract.DrillOrder;
import io.abgate.registry.contract.DrillReply;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Inspection;
import io.abgate.registry.contract.JobOutcome;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.contract.TrainingCourse;
import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.SuiteSummary;
import io.abgate.registry.policy.Mail;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes orders and remembers them; what comes of them the test says. */
final class FakeWorker {
    final List<TrainOrder> orders = new CopyOnWriteArrayList<>();
    private final Vertx vertx;
    private final String node;
    private final MessageConsumer<TrainOrder> consumer;
    private volatile boolean busy;

    FakeWorker(Vertx vertx, String node) {
        this.vertx = vertx;
        this.node = node;
        this.consumer = vertx.eventBus().consumer(Addresses.TRAIN, this::take);
    }

    private void take(Message<TrainOrder> message) {
        if (busy) {
            message.fail(Failure.UNAVAILABLE.status(), "busy");
        } else {
            orders.add(message.body());
            message.reply(new Acknowledged(node));
        }
    }

    void busy(boolean isBusy) {
        busy = isBusy;
    }

    void vanish() {
        Bus.await(consumer.unregister());
    }

    /** Also looks at artifacts, and finds them to be of these labels. */
    FakeWorker inspecting(List<String> labels) {
        vertx.eventBus().<Artifact>consumer(Addresses.INSPECT, message -> {
            byte[] bytes = message.body().bytes();
            message.reply(new Inspection(bytes, sha256(bytes), "abgate/dense-v1", labels, Mail.INPUT));
        });
        return this;
    }

    /** Also measures artifacts, and finds of each what is said here. */
    FakeWorker measuring(Function<CheckOrder, Measurement> says) {
        vertx.eventBus().<CheckOrder>consumer(Addresses.CHECK, message -> {
            try {
                message.reply(new CheckReply(says.apply(message.body())));
            } catch (IllegalStateException e) {
                message.fail(Failure.INTERNAL.code(), e.getMessage());
            }
        });
        return this;
    }

    /** Also makes artifacts worse, as is said here. */
    FakeWorker drilling(Function<DrillOrder, DrillReply> says) {
        vertx.eventBus().<DrillOrder>consumer(Addresses.DRILL, message -> message.reply(says.apply(message.body())));
        return this;
    }

    /** An artifact came of an order. */
    JobOutcome outcome(
            TrainOrder order,
            String artifact,
            @Nullable Evaluation candidate,
            @Nullable Evaluation parent,
            @Nullable SuiteSummary suites) {
        return new JobOutcome(
                order.job(),
                node,
                trained(artifact),
                null,
                order.rows().size(),
                0,
                .7,
                .1,
                candidate,
                parent,
                suites,
                TrainingCourse.NONE);
    }

    static Inspection trained(String artifact) {
        byte[] bytes = artifact.getBytes(StandardCharsets.UTF_8);
        return new Inspection(bytes, sha256(bytes), "abgate/dense-v1", Mail.LABELS, Mail.INPUT);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
