package io.abgate.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.policy.Receipt;
import io.abgate.registry.policy.Receipts;
import io.abgate.registry.policy.StateDigest;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.StoredEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes receipts again from the ledger. Reads the store alone; long, so away from the writer. */
final class Replays {
    private final EventStore store;
    private final ReceiptReports receipts;
    private final Checkpoints checkpoints;

    Replays(EventStore store, ReceiptReports receipts) {
        this.store = store;
        this.receipts = receipts;
        this.checkpoints = new Checkpoints(store, Checkpoints.Pace.SHIPPED);
    }

    /** From where a replay begins. */
    private enum From {
        CHECKPOINT,
        BEGINNING
    }

    /** What the ledger gives now, or why it gives nothing. */
    private record Computed(@Nullable Receipt receipt, long from, long folded, String failure, String state) {}

    JsonObject answer(Operation operation) {
        Parameters parameters = Parameters.of(operation, "from");
        From from = parameters.word("from", From.CHECKPOINT, From.class);
        StoredEvent event = receipts.event(operation.number());
        Receipt stored = ReceiptReports.receipt(event);
        checkFold(stored);
        ModelSettings settings = receipts.settings(stored).read();
        Computed computed = computed(event, stored, begin(event, settings, from));
        JsonArray differences = differences(event, stored, computed);
        return new JsonObject()
                .put("agrees", differences.isEmpty())
                .put("receipt", ReceiptReports.full(event))
                .put("replayed", computed.receipt == null ? null : replayed(event, computed.receipt))
                .put("differences", differences)
                .put("wholeState", isOfThisShape(stored))
                .put("from", computed.from)
                .put("folded", computed.folded);
    }

    private static void checkFold(Receipt stored) {
        if (stored.software().fold() != Snapshots.FOLD) {
            throw Failure.CONFLICT.because(
                    "receipt: made by abgate " + stored.software().version() + ", way of folding "
                            + stored.software().fold() + " (expected: " + Snapshots.FOLD + ")");
        }
    }

    private Book begin(StoredEvent event, ModelSettings settings, From from) {
        return Optional.of(from)
                .filter(From.CHECKPOINT::equals)
                .flatMap(wanted -> checkpoints.before(event.seq(), settings))
                .map(Book::new)
                .orElseGet(() -> new Book(settings));
    }

    private Computed computed(StoredEvent event, Receipt stored, Book book) {
        BookFold fold = new BookFold(event.model(), book);
        try {
            store.fold(fold, book.through, event.seq());
            Sources sources = new Sources(store, event.model(), event.seq());
            Optional<Receipt> again = Receipts.verdict(book.state, stored.inputs())
                    .map(verdict -> Receipts.of(
                            book.state,
                            verdict,
                            stored.inputs(),
                            stored.policy(),
                            sources::labels,
                            Sources.software()));
            String state = StateDigest.of(book.state.snapshot());
            return new Computed(again.orElse(null), book.through, fold.folded(), "none", state);
        } catch (IllegalStateException | IllegalArgumentException | UncheckedIOException e) {
            return new Computed(
                    null, book.through, fold.folded(), "the ledger makes no sense: " + e.getMessage(), "none");
        }
    }

    private static JsonObject replayed(StoredEvent event, Receipt again) {
        return ReceiptReports.full(new StoredEvent(
                event.seq(), event.at(), event.actor(), event.type(), event.model(), Changes.json(again)));
    }

    private static boolean isOfThisShape(Receipt stored) {
        return stored.software().shape().equals(Sources.software().shape());
    }

    private static JsonArray differences(StoredEvent event, Receipt stored, Computed computed) {
        JsonArray differences = new JsonArray();
        if (computed.receipt == null) {
            return differences
                    .add(ReceiptDifferences.of("verdict", stored.verdict().name(), computed.failure))
                    .add(ReceiptDifferences.of("state", stored.state(), computed.state));
        }
        JsonNode before = Changes.parsed(event.body());
        JsonNode again = Changes.fields(computed.receipt);
        return new ReceiptDifferences(isOfThisShape(stored)).between(before, again);
    }
}
