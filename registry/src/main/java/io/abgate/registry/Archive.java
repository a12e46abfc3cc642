package io.abgate.registry;

import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.LedgerCheck;
import io.abgate.registry.store.StoreException;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Answers from the store alone, whatever the state in memory; takes a while, so it is asked away from the writer. */
final class Archive {
    private final Map<Kind, Function<Operation, JsonObject>> answers;

    Archive(EventStore store, List<ModelSettings> models, InstantSource clock) {
        History history = new History(store, models);
        ReceiptReports receipts = new ReceiptReports(store);
        this.answers = Map.of(
                Kind.EVENTS,
                operation -> Reports.events(store, history, operation),
                Kind.HISTORY,
                history::answer,
                Kind.ASSIGNMENT,
                new Assignment(history)::answer,
                Kind.PREDICTION,
                new Predictions(store, history)::answer,
                Kind.AUDIT,
                new AuditList(store, history, clock)::answer,
                Kind.VERIFY,
                operation -> verified(store.check()),
                Kind.RECEIPT,
                receipts::answer,
                Kind.REPLAY,
                new Replays(store, receipts)::answer);
    }

    /** Whether the archive has the answer to operations of a kind. */
    boolean has(Kind kind) {
        return answers.containsKey(kind);
    }

    /** Safe for all threads. */
    Answer look(Operation operation) {
        Function<Operation, JsonObject> answer = Objects.requireNonNull(answers.get(operation.kind()));
        try {
            return new Answer(200, answer.apply(operation).encode());
        } catch (StoreException e) {
            throw Failure.UNAVAILABLE.because(String.valueOf(e.getMessage()));
        }
    }

    private static JsonObject verified(LedgerCheck check) {
        JsonObject answer = new JsonObject()
                .put("intact", check.broken().isEmpty())
                .put("events", check.events())
                .put("labels", check.labels())
                .put("head", check.head());
        check.broken().ifPresent(broken -> answer.put("seq", broken.seq()).put("reason", broken.reason()));
        return answer;
    }
}
