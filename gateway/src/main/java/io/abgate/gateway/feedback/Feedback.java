package io.abgate.gateway.feedback;

import io.abgate.gateway.http.BodyBudget;
import io.abgate.gateway.http.Paths;
import io.abgate.gateway.http.RequestBody;
import io.abgate.gateway.routing.Routes;
import io.abgate.gateway.security.PredictionTokens;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.FeedbackResult;
import io.abgate.registry.contract.Label;
import io.abgate.registry.contract.LabelBatch;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.RouteTable;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The door for feedback of one gateway context: an answer means that the labels are committed. */
public final class Feedback {
    private static final long TIMEOUT_MILLIS = 5_000;
    private static final FeedbackResult NOTHING = new FeedbackResult(0, 0, 0, 0, List.of());

    private final EventBus bus;
    private final Set<String> models;
    private final Routes routes;
    private final PredictionTokens tokens;
    private final Consumer<String> beforeLabels;

    /**
     * @param models names of those that are served
     * @param beforeLabels is given the model each time before labels are sent, so that their samples are there first
     */
    public Feedback(
            EventBus bus, Set<String> models, Routes routes, PredictionTokens tokens, Consumer<String> beforeLabels) {
        this.bus = bus;
        this.models = Set.copyOf(models);
        this.routes = routes;
        this.tokens = tokens;
        this.beforeLabels = beforeLabels;
    }

    /** Opens its path. */
    public void mount(Router router, BodyBudget bodies) {
        Paths.open(router, HttpMethod.POST, "/v2/models/:model/feedback", RequestBody.to(bodies, this::take));
    }

    private void take(RoutingContext context, byte[] body) {
        String model = context.pathParam("model");
        FeedbackRequest request = FeedbackRequest.read(body);
        Judged judged = Judged.of(request, table(model).modelId(), tokens);
        commit(model, judged.labels())
                .compose(committed -> refusedAlone(request, committed))
                .map(judged::with)
                .onComplete(result -> answer(context, result), context::fail);
    }

    private RouteTable table(String model) {
        if (!models.contains(model)) {
            throw Failure.NOT_FOUND.because(Check.message("model", model, "one of " + models));
        }
        return routes.table(model)
                .orElseThrow(() -> Failure.UNAVAILABLE.because(
                        Check.message("model", model, "a route table of the registry; try again shortly")));
    }

    private Future<FeedbackResult> commit(String model, List<Label> labels) {
        if (labels.isEmpty()) {
            return Future.succeededFuture(NOTHING);
        }
        beforeLabels.accept(model);
        DeliveryOptions options = routes.binding().within(TIMEOUT_MILLIS);
        return bus.<FeedbackResult>request(Addresses.LABELS, new LabelBatch(model, labels), options)
                .map(Message::body)
                .recover(Feedback::explained);
    }

    /** Of labels that nobody answers for nobody knows; what the registry refuses is not committed, and it says why. */
    private static Future<FeedbackResult> explained(Throwable failure) {
        if (Failure.isOfAnotherStore(failure)) {
            return Future.failedFuture(Failure.UNAVAILABLE.because(
                    "feedback: not committed (expected: a registry of this gateway's store; " + failure.getMessage()
                            + ")"));
        }
        boolean isSilence =
                failure instanceof ReplyException reply && reply.failureType() != ReplyFailure.RECIPIENT_FAILURE;
        return Future.failedFuture(
                isSilence
                        ? Failure.UNAVAILABLE.because(
                                "feedback: perhaps not committed (expected: a registry that answers; send it again shortly)")
                        : failure);
    }

    private static Future<FeedbackResult> refusedAlone(FeedbackRequest request, FeedbackResult committed) {
        return request.isList() || committed.rejected().isEmpty()
                ? Future.succeededFuture(committed)
                : Future.failedFuture(
                        Failure.INVALID.because(committed.rejected().get(0).reason()));
    }

    private static void answer(RoutingContext context, FeedbackResult result) {
        JsonArray rejected = new JsonArray();
        result.rejected()
                .forEach(one ->
                        rejected.add(new JsonObject().put("index", one.index()).put("reason", one.reason())));
        JsonObject body = new JsonObject()
                .put("accepted", result.accepted())
                .put("duplicate", result.duplicate())
                .put("corrected", result.corrected())
                .put("expired", result.expired())
                .put("rejected", rejected);
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body.toBuffer());
    }
}
