package io.abgate.gateway.inference;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.contract.SampleBatch.Sample;
import io.abgate.registry.contract.StoreBinding;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** Samples of one model and context on their way to the registry: sent when there are enough, or after a moment. */
final class SampleBuffer {
    static final int BATCH = 64;
    static final long LINGER_MILLIS = 20;
    private static final long SEND_MILLIS = 1_000;

    private final Vertx vertx;
    private final StoreBinding binding;
    private final String model;
    private final List<Sample> samples = new ArrayList<>(BATCH);
    private long timer = -1;

    SampleBuffer(Vertx vertx, StoreBinding binding, String model) {
        this.vertx = vertx;
        this.binding = binding;
        this.model = model;
    }

    void add(Sample sample) {
        samples.add(sample);
        if (samples.size() >= BATCH) {
            flush();
        } else if (timer < 0) {
            timer = vertx.setTimer(LINGER_MILLIS, due -> flush());
        }
    }

    /** Sends what there is. */
    void flush() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
        if (!samples.isEmpty()) {
            vertx.eventBus().send(Addresses.SAMPLES, new SampleBatch(model, samples), binding.within(SEND_MILLIS));
            samples.clear();
        }
    }
}
