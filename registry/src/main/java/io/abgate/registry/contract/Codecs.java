package io.abgate.registry.contract;

import io.vertx.core.eventbus.EventBus;
import java.util.List;

/** The codecs of every message of this package. */
public final class Codecs {
    private static final List<Class<? extends Record>> MESSAGES = List.of(
            Acknowledged.class,
            Answer.class,
            Artifact.class,
            ArtifactRequest.class,
            CheckOrder.class,
            CheckReply.class,
            DrillOrder.class,
            DrillReply.class,
            FeedbackResult.class,
            HealthReport.class,
            HealthRequest.class,
            Inspection.class,
            JobOutcome.class,
            JobProgress.class,
            LabelBatch.class,
            LeaderBeacon.class,
            NodeReport.class,
            Operation.class,
            PredictReply.class,
            PredictRequest.class,
            RouteTables.class,
            SampleBatch.class,
            SuiteOrder.class,
            SuiteReply.class,
            TrafficKnown.class,
            TrafficReport.class,
            TrainOrder.class);

    private Codecs() {}

    /** Makes an event bus take every message; to be called once, before anything is deployed. */
    public static void register(EventBus bus) {
        MESSAGES.forEach(type -> registerOne(bus, type));
    }

    private static <T extends Record> void registerOne(EventBus bus, Class<T> type) {
        bus.registerDefaultCodec(type, new JsonCodec<>(type));
    }
}
