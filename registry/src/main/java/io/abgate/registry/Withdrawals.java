package io.abgate.registry;

import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.LabelsVoided;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.WithdrawnFigures;
import io.abgate.registry.store.EventQuery;
import io.abgate.registry.store.LabelRow;
import io.abgate.registry.store.LabelRow.Kind;
import io.abgate.registry.store.StoredEvent;
import io.abgate.registry.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        Map<Integer, Long> begun = figuresBegun(operation.model());
        books.commit(operation.actor(), operation.model(), transaction -> {
            List<Change> changes = withdraw(transaction, state, range, reason, begun);
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

    /** Where in the ledger the live figures of a version last began anew, if they ever did: by an earlier abgate. */
    private Map<Integer, Long> figuresBegun(String model) {
        Map<Integer, Long> begun = new HashMap<>();
        EventQuery withdrawals = new EventQuery(0, null, null, model, LabelsVoided.TYPE, Integer.MAX_VALUE);
        for (StoredEvent event : books.store().events(withdrawals)) {
            LabelsVoided voided = (LabelsVoided) Changes.of(event).orElseThrow();
            voided.versions().stream()
                    .filter(version -> voided.figuresOf(version).isEmpty())
                    .forEach(version -> begun.put(version, event.seq()));
        }
        return begun;
    }

    private static List<Change> withdraw(
            Transaction transaction, ModelState state, Range range, String reason, Map<Integer, Long> begun) {
        List<LabelRow> rows = transaction.withdraw(state.settings().name(), range.from(), range.to(), range.source());
        return rows.isEmpty() ? List.of() : List.of(voided(rows, state, range, reason, begun));
    }

    private static LabelsVoided voided(
            List<LabelRow> rows, ModelState state, Range range, String reason, Map<Integer, Long> begun) {
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
                count(counted, row -> row.id().has(PredictionId.ENSEMBLE)),
                figures(counted, state, begun));
    }

    private static List<WithdrawnFigures> figures(List<LabelRow> counted, ModelState state, Map<Integer, Long> begun) {
        Map<Integer, List<Outcome>> byVersion = new TreeMap<>();
        for (LabelRow row : counted) {
            int version = row.id().assigned();
            if (isEvidence(row) && state.find(version).isPresent()) {
                List<Outcome> outcomes = byVersion.computeIfAbsent(version, first -> new ArrayList<>());
                if (row.seq() > begun.getOrDefault(version, 0L)) {
                    outcomes.add(row.outcome());
                }
            }
        }
        return byVersion.entrySet().stream()
                .flatMap(one -> WithdrawnFigures.of(state.version(one.getKey()), one.getValue()).stream())
                .toList();
    }

    private static boolean isEvidence(LabelRow row) {
        return row.outcome().isEvidence();
    }

    private static long count(List<LabelRow> rows, Predicate<LabelRow> which) {
        return rows.stream().filter(which).count();
    }
}
