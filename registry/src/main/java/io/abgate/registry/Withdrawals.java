package io.abgate.registry;

import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.LabelsVoided;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.store.LabelRow;
import io.abgate.registry.store.LabelRow.Kind;
import io.abgate.registry.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Withdraws the labels of a source whose labelling was broken; what they were evidence for starts again. */
final class Withdrawals {
    /** Name of the field that says how many. */
    static final String WITHDRAWN = "withdrawn";

    private final Books books;

    Withdrawals(Books books) {
        this.books = books;
    }

    /** Labels of a source that arrived from one moment, included, to another, excluded; both to the millisecond. */
    private record Range(Instant from, Instant to, String source) {}

    /** Withdraws labels; says how many. Where there are none nothing is written. */
    long withdraw(Operation operation) {
        Parameters parameters = Parameters.of(operation, "from", "to", "source", "reason");
        ModelState state = books.state(operation.model());
        Range range = range(parameters);
        String reason = parameters.text("reason", Rollouts.BY_HAND);
        long before = state.totals().withdrawnLabels();
        books.commit(operation.actor(), operation.model(), transaction -> {
            List<Change> changes = withdraw(transaction, state, range, reason);
            long labels = changes.isEmpty() ? 0 : ((LabelsVoided) changes.get(0)).withdrawn();
            Idempotency.keep(transaction, operation, 200, "{\"" + WITHDRAWN + "\":" + labels + "}");
            return changes;
        });
        return state.totals().withdrawnLabels() - before;
    }

    private static Range range(Parameters parameters) {
        Instant from = parameters.instant("from");
        Instant to = parameters.instant("to");
        Parameters.check(from.isBefore(to), "to", to, "a time after " + from);
        String source = parameters.text("source", "");
        Parameters.check(!source.isEmpty(), "source", source, "who gave the labels");
        return new Range(from, to, source);
    }

    private static List<Change> withdraw(Transaction transaction, ModelState state, Range range, String reason) {
        List<LabelRow> rows = transaction.withdraw(state.settings().name(), range.from(), range.to(), range.source());
        return rows.isEmpty() ? List.of() : List.of(voided(rows, state, range, reason));
    }

    private static LabelsVoided voided(List<LabelRow> rows, ModelState state, Range range, String reason) {
        List<LabelRow> counted =
                rows.stream().filter(row -> row.kind() == Kind.ACCEPTED).toList();
        return new LabelsVoided(
                range.from().toString(),
                range.to().toString(),
                range.source(),
                reason,
                counted.size(),
                count(rows, row -> row.kind() == Kind.CORRECTION),
                count(rows, row -> row.kind() == Kind.EXPIRED),
                count(counted, row -> row.id().has(PredictionId.FORCED)),
                count(
                        counted,
                        row -> row.truth() != null && row.seq() > state.totals().trainingOrderedSeq()),
                counted.stream()
                        .filter(Withdrawals::isEvidence)
                        .map(row -> row.id().assigned())
                        .toList(),
                count(counted, row -> row.id().has(PredictionId.ENSEMBLE)));
    }

    private static boolean isEvidence(LabelRow row) {
        return !row.id().has(PredictionId.FORCED) && !row.id().has(PredictionId.ENSEMBLE);
    }

    private static long count(List<LabelRow> rows, Predicate<LabelRow> which) {
        return rows.stream().filter(which).count();
    }
}
