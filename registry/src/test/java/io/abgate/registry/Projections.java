package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.abgate.registry.policy.RoutePublished;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.JobRow;
import io.abgate.registry.store.LabelRow;
import io.abgate.registry.store.LabelledSample;
import io.abgate.registry.store.Ledger;
import io.abgate.registry.store.PredictionKey;
import io.abgate.registry.store.SampleRow;
import io.abgate.registry.store.StoredEvent;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the store's tables must say, by the plainest reading of the ledger of one model. */
final class Projections implements Ledger {
    private final List<LabelRow> labels = new ArrayList<>();
    private final List<SampleRow> samples = new ArrayList<>();
    private final TreeSet<Long> openJobs = new TreeSet<>();
    private final Map<Long, String> routes = new HashMap<>();

    private Projections() {}

    /** Compares every table with the ledger. */
    static void check(EventStore store, String model) {
        Projections read = new Projections();
        store.fold(read);
        assertThat(store.check().broken()).isEmpty();
        assertThat(store.openJobs()).extracting(JobRow::id).containsExactlyElementsOf(read.openJobs);
        read.routes.forEach(
                (epoch, table) -> assertThat(store.route(model, epoch)).contains(table));
        assertThat(store.newestLabelled(model, Long.MAX_VALUE, 100_000))
                .extracting(LabelledSample::seq, labelled -> labelled.example().truth())
                .containsExactlyElementsOf(read.labelled().entrySet().stream()
                        .map(labelled -> tuple(labelled.getKey(), labelled.getValue()))
                        .toList());
        for (PredictionKey key : read.predictions()) {
            assertThat(Optional.ofNullable(store.newestLabels(List.of(key)).get(key)))
                    .isEqualTo(read.newest(key));
        }
    }

    @Override
    public void event(StoredEvent event) {
        JsonObject body = new JsonObject(event.body());
        switch (event.type()) {
            case "JOB_QUEUED" -> openJobs.add(body.getLong("job"));
            case "JOB_ENDED" -> openJobs.remove(body.getLong("job"));
            case "ROUTE" ->
                routes.put(
                        event.seq(),
                        Changes.json(((RoutePublished) Changes.of(event).orElseThrow()).inForce(event.seq())));
            case "LABELS_VOIDED" -> withdraw(body);
            default -> {}
        }
    }

    private void withdraw(JsonObject body) {
        long from = Instant.parse(body.getString("from")).toEpochMilli();
        long to = Instant.parse(body.getString("to")).toEpochMilli();
        boolean any = labels.removeIf(label -> label.source().equals(body.getString("source"))
                && label.arrivedAtMillis() >= from
                && label.arrivedAtMillis() < to);
        assertThat(any).isTrue();
    }

    @Override
    public void label(LabelRow label) {
        labels.add(label);
    }

    @Override
    public void sample(SampleRow sample) {
        samples.add(sample);
    }

    /** Truths of samples that have one, by the place of whichever came last. */
    private Map<Long, String> labelled() {
        Map<Long, String> labelled = new TreeMap<>();
        for (SampleRow sample : samples) {
            String truth = sample.truth();
            if (truth != null) {
                labelled.put(sample.seq(), truth);
            }
            labels.stream()
                    .filter(label -> label.kind() == LabelRow.Kind.ACCEPTED)
                    .filter(label -> label.id().timeMillis() == sample.timeMillis())
                    .filter(label -> label.id().nonce() == sample.nonce())
                    .forEach(label -> Optional.ofNullable(label.truth())
                            .ifPresent(told -> labelled.put(Math.max(label.seq(), sample.seq()), told)));
        }
        return labelled;
    }

    private List<PredictionKey> predictions() {
        return labels.stream()
                .map(label -> PredictionKey.of(label.model(), label.id()))
                .distinct()
                .toList();
    }

    private Optional<LabelRow> newest(PredictionKey key) {
        return labels.stream()
                .filter(label -> PredictionKey.of(label.model(), label.id()).equals(key))
                .reduce((one, other) -> other);
    }
}
