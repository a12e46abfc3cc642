package io.abgate.registry;

import io.abgate.registry.Books.Taken;
import io.abgate.registry.Intake.Waiting;
import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.LabelBatch;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.store.SampleRow;
import io.abgate.registry.store.StoreException;
import io.abgate.registry.store.Transaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits labels and samples of several callers in one transaction; what is wrong with one harms no other. */
final class GroupCommit {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private final Pen pen;
    private final Books books;
    private final InstantSource clock;

    GroupCommit(Pen pen, Books books, InstantSource clock) {
        this.pen = pen;
        this.books = books;
        this.clock = clock;
    }

    /** What a caller is told once its labels are durable, or why they are not. */
    interface Told {
        void result(Waiting caller, FeedbackResult result);

        void failure(Waiting caller, Throwable failure);
    }

    /** Commits and folds a group, and tells every caller. */
    void commit(List<Waiting> group, Told told) {
        try {
            commitTogether(group, told);
        } catch (StoreException e) {
            group.forEach(caller -> told.failure(caller, e));
        } catch (RuntimeException e) {
            if (group.size() == 1) {
                told.failure(group.get(0), e);
            } else {
                LOG.warn("labels of several callers are committed one by one: {}", e.getMessage());
                group.forEach(caller -> alone(caller, told));
            }
        }
    }

    private void alone(Waiting caller, Told told) {
        try {
            pen.settleDoubt(); // the group's transaction failed
            commitTogether(List.of(caller), told);
        } catch (RuntimeException e) {
            told.failure(caller, e);
        }
    }

    private void commitTogether(List<Waiting> group, Told told) {
        List<LabelBatch> batches =
                group.stream().flatMap(caller -> caller.labels().stream()).toList();
        LabelGroup labels = new LabelGroup(books, clock.millis(), batches);
        Map<Waiting, Throwable> refused = new LinkedHashMap<>();
        Map<Waiting, FeedbackResult> judged = new LinkedHashMap<>();
        for (Waiting caller : group) {
            try {
                books.state(caller.model());
                caller.labels().ifPresent(batch -> judged.put(caller, labels.judge(batch)));
            } catch (RuntimeException e) {
                refused.put(caller, e);
            }
        }
        write(labels, samplesOf(group));
        refused.forEach(told::failure);
        judged.forEach(told::result);
    }

    private List<SampleBatch> samplesOf(List<Waiting> group) {
        return group.stream()
                .flatMap(caller -> caller.samples().stream())
                .filter(batch -> books.has(batch.model()))
                .toList();
    }

    private void write(LabelGroup labels, List<SampleBatch> samples) {
        if (!labels.added().isEmpty() || !samples.isEmpty()) {
            books.commitTaken(transaction ->
                    new Taken(samples(transaction, samples).toList(), transaction.labels(labels.added())));
        }
    }

    private static Stream<SampleRow> samples(Transaction transaction, List<SampleBatch> batches) {
        return batches.stream().flatMap(batch -> samples(transaction, batch).stream());
    }

    /** Those that are there already are left as they are. */
    private static List<SampleRow> samples(Transaction transaction, SampleBatch batch) {
        List<SampleRow> rows = new ArrayList<>();
        batch.samples().stream()
                .map(sample -> transaction.sample(
                        batch.model(),
                        sample.timeMillis(),
                        sample.nonce(),
                        SampleRow.Origin.LIVE,
                        sample.input(),
                        null,
                        sample.shadows(),
                        sample.asked()))
                .filter(Objects::nonNull)
                .forEach(rows::add);
        return rows;
    }
}
