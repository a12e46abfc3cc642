package io.abgate.gateway.admin;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.domain.Check;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns requests below {@code /api/v1} into operations of the registry, wherever in the cluster it is. */
final class AdminApi {
    private static final DeliveryOptions WITHIN = new DeliveryOptions().setSendTimeout(10_000);
    private static final String MODEL = "/api/v1/models/:model";
    private static final Set<String> NUMBERS = Set.of("after", "limit");

    private final Vertx vertx;

    AdminApi(Vertx vertx) {
        this.vertx = vertx;
    }

    void mount(Router router) {
        router.get("/api/v1/models").handler(context -> ask(context, Kind.MODELS));
        router.get("/api/v1/events").handler(context -> ask(context, Kind.EVENTS));
        router.get("/api/v1/jobs/:number").handler(context -> ask(context, Kind.JOB));
        router.get(MODEL).handler(context -> ask(context, Kind.MODEL));
        router.get(MODEL + "/versions").handler(context -> ask(context, Kind.VERSIONS));
        router.get(MODEL + "/versions/:number").handler(context -> ask(context, Kind.VERSION));
        router.get(MODEL + "/versions/:number/artifact").handler(context -> ask(context, Kind.ARTIFACT));
        router.post(MODEL + "/versions").handler(this::register);
        router.put(MODEL + "/routing").handler(context -> tell(context, Kind.ROUTING));
        Map.of(
                        "promote", Kind.PROMOTE,
                        "rollback", Kind.ROLLBACK,
                        "abort", Kind.ABORT,
                        "retrain", Kind.RETRAIN,
                        "pause", Kind.PAUSE,
                        "resume", Kind.RESUME)
                .forEach((word, kind) -> router.post(MODEL + "/" + word).handler(context -> tell(context, kind)));
    }

    private void ask(RoutingContext context, Kind kind) {
        send(context, kind, query(context), null);
    }

    private void tell(RoutingContext context, Kind kind) {
        Buffer body = context.body().buffer();
        send(context, kind, body == null || body.length() == 0 ? "{}" : body.toString(), null);
    }

    private void register(RoutingContext context) {
        Buffer body = context.body().buffer();
        Artifact artifact = body == null || body.length() == 0 ? null : new Artifact(body.getBytes());
        send(context, Kind.REGISTER, query(context), artifact);
    }

    private static String query(RoutingContext context) {
        JsonObject parameters = new JsonObject();
        context.queryParams()
                .forEach(entry -> parameters.put(
                        entry.getKey(),
                        NUMBERS.contains(entry.getKey())
                                ? whole(entry.getKey(), entry.getValue())
                                : (Object) entry.getValue()));
        return parameters.encode();
    }

    private static long whole(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw Failure.INVALID.because(Check.message(name, value, "a whole number"));
        }
    }

    private void send(RoutingContext context, Kind kind, String body, @Nullable Artifact artifact) {
        String model = context.pathParams().getOrDefault("model", "");
        String number = context.pathParams().get("number");
        long parsed = number == null ? 0 : whole(kind == Kind.JOB ? "job" : "version", number);
        Operation operation = new Operation(kind, model, parsed, body, artifact, "operator");
        vertx.eventBus()
                .<Answer>request(Addresses.OPERATE, operation, WITHIN)
                .onComplete(reply -> answer(context, reply.body()), failure -> refuse(context, failure));
    }

    private static void answer(RoutingContext context, Answer answer) {
        context.response()
                .setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(answer.body());
    }

    private static void refuse(RoutingContext context, Throwable failure) {
        boolean silent =
                failure instanceof ReplyException reply && reply.failureType() != ReplyFailure.RECIPIENT_FAILURE;
        context.fail(silent ? Failure.UNAVAILABLE.because("the registry does not answer") : failure);
    }
}
