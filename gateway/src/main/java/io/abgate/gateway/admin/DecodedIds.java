package io.abgate.gateway.admin;

import io.abgate.gateway.security.PredictionTokens;
import io.abgate.gateway.security.PredictionTokens.Verified;
import io.abgate.model.routing.KnownTable;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.RouteTable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what a prediction id says, by this process's keys alone, and what the ledger has of it, if a registry answers. */
final class DecodedIds {
    private static final long LEDGER_MILLIS = 2_000;
    private static final HexFormat HEX = HexFormat.of();

    private final Vertx vertx;
    private final LocalNode node;
    private final PredictionTokens tokens;

    DecodedIds(Vertx vertx, LocalNode node) {
        this.vertx = vertx;
        this.node = node;
        this.tokens = new PredictionTokens(node.keys());
    }

    /** Fails with the reason why it is no id: as invalid when it is no token, as not found when nobody here signed it. */
    Future<JsonObject> decode(String token) {
        Verified verified = tokens.verify(token);
        if (verified.id().isEmpty()) {
            return Future.failedFuture(verified.refusal());
        }
        PredictionId id = verified.id().get();
        Optional<String> model = model(id);
        JsonObject said = said(id, model.orElse(null));
        return ledger(id, model.orElse(""))
                .map(ledger -> said.put("ledger", ledger).put("ledgerReason", null))
                .otherwise(failure -> said.put("ledger", null).put("ledgerReason", reason(failure)));
    }

    private static String reason(Throwable failure) {
        return Failure.of(failure) == Failure.UNAVAILABLE
                ? "the registry does not answer"
                : String.valueOf(failure.getMessage());
    }

    private Optional<String> model(PredictionId id) {
        return node.book().tables().values().stream()
                .map(KnownTable::table)
                .filter(table -> table.modelId() == id.modelId())
                .map(RouteTable::model)
                .findFirst();
    }

    private JsonObject said(PredictionId id, @Nullable String model) {
        return new JsonObject()
                .put("model", model)
                .put("modelId", id.modelId())
                .put("assigned", id.assigned())
                .put("answered", id.answered())
                .put("forced", id.has(PredictionId.FORCED))
                .put("fallback", id.has(PredictionId.FALLBACK))
                .put("ensemble", id.has(PredictionId.ENSEMBLE))
                .put("sampled", id.has(PredictionId.SAMPLED))
                .put("audit", id.has(PredictionId.AUDIT))
                .put("labelIndex", id.value())
                .put("label", label(id, model))
                .put("confidence", Double.parseDouble(Float.toString(id.confidence())))
                .put("epoch", id.epoch())
                .put("keyHash", HEX.toHexDigits(id.keyHash()))
                .put("time", Instant.ofEpochMilli(id.timeMillis()).toString())
                .put("nonce", HEX.toHexDigits(id.nonce()))
                .put("keyId", id.keyId());
    }

    private @Nullable String label(PredictionId id, @Nullable String model) {
        if (model == null) {
            return null;
        }
        List<String> labels = node.hosted()
                .find(model, id.answered())
                .map(entry -> entry.model().labels())
                .orElse(List.of());
        return id.value() >= 0 && id.value() < labels.size() ? labels.get((int) id.value()) : null;
    }

    private Future<JsonObject> ledger(PredictionId id, String model) {
        JsonObject wanted = new JsonObject()
                .put("modelId", id.modelId())
                .put("timeMillis", id.timeMillis())
                .put("nonce", id.nonce())
                .put("epoch", id.epoch());
        Operation operation = new Operation(Operation.Kind.PREDICTION, model, 0, wanted.encode(), null, "operator");
        return vertx.eventBus()
                .<Answer>request(
                        Addresses.OPERATE, operation, node.book().binding().within(LEDGER_MILLIS))
                .map(answer -> new JsonObject(answer.body().body()));
    }
}
