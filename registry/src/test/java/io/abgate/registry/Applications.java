package io.abgate.registry;

import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.Label;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.contract.SampleBatch.Sample;
import io.abgate.registry.contract.SampleBatch.ShadowAnswer;
import io.abgate.registry.domain.PredictionId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The applications around a town: they ask for predictions, and tell later whether they were right. */
final class Applications {
    private final Bus bus;
    private final HandTurnedClock clock;
    private final AtomicLong nonce = new AtomicLong();

    Applications(Bus bus, HandTurnedClock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** A new request of a new key that was assigned to a version, which answered ham. */
    PredictionId request(int assigned) {
        long number = nonce.incrementAndGet();
        long epoch = bus.read(Kind.MODEL, Town.MAIL, 0).getJsonObject("routing").getLong("epoch");
        return new PredictionId(
                1,
                PredictionId.SAMPLED,
                1,
                assigned,
                assigned,
                0,
                .9f,
                epoch,
                number * 0x9E3779B97F4A7C15L,
                clock.millis(),
                number);
    }

    /** So many requests of a version are labelled, in one batch. */
    FeedbackResult label(int version, int labels, boolean right) {
        PredictionId first = request(version);
        List<Label> batch = new ArrayList<>();
        for (int i = 0; i < labels; i++) {
            long number = nonce.incrementAndGet();
            batch.add(Town.label(
                    new PredictionId(
                            1,
                            0,
                            1,
                            version,
                            version,
                            0,
                            .9f,
                            first.epoch(),
                            number * 0x9E3779B97F4A7C15L,
                            first.timeMillis(),
                            number),
                    right));
        }
        return bus.labels(Town.MAIL, batch);
    }

    /** Inputs of version 1 are stored, and then labelled ham. */
    void samples(String... inputs) {
        List<Label> labels = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        for (String input : inputs) {
            PredictionId id = request(1);
            samples.add(new Sample(id.timeMillis(), id.nonce(), input, List.of()));
            labels.add(Town.label(id, true));
        }
        bus.samples(Town.MAIL, samples);
        bus.labels(Town.MAIL, labels);
    }

    /** A shadow answers copies of requests of a version, which was right or wrong. */
    void pairs(int champion, int shadow, int copies, boolean right, boolean shadowRight) {
        List<Label> labels = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            PredictionId id = request(champion);
            ShadowAnswer answer = new ShadowAnswer(shadow, right == shadowRight ? 0 : 1, .5f);
            samples.add(new Sample(id.timeMillis(), id.nonce(), "\"text\"", List.of(answer)));
            labels.add(Town.label(id, right));
        }
        bus.samples(Town.MAIL, samples);
        bus.labels(Town.MAIL, labels);
    }
}
