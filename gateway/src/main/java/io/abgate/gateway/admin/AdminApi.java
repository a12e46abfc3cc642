package io.abgate.gateway.admin;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.domain.Check;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns requests below {@code /api/v1} into operations of the registry, wherever in the cluster it is. */
final class AdminApi {
    private static final long WITHIN_MILLIS = 5_000;
    /** A walk along millions of rows takes minutes. */
    private static final long WALK_MILLIS = Duration.ofMinutes(10).toMillis();

    private static final String ROOT = "/api/v1";
    private static final String MODEL = ROOT + "/models/:model";
    private static final String JOB = ROOT + "/jobs/:number";
    private static final String RECEIPT = ROOT + "/receipts/:number";
    private static final Set<Kind> OF_JOBS = Set.of(Kind.JOB, Kind.APPROVE, Kind.DROP);
    private static final Set<Kind> OF_RECEIPTS = Set.of(Kind.RECEIPT, Kind.REPLAY);
    private static final Map<String, Kind> READS = Map.ofEntries(
            Map.entry("/models", Kind.MODELS),
            Map.entry("/models/:model", Kind.MODEL),
            Map.entry("/models/:model/versions", Kind.VERSIONS),
            Map.entry("/models/:model/versions/:number", Kind.VERSION),
            Map.entry("/models/:model/versions/:number/artifact", Kind.ARTIFACT),
            Map.entry("/models/:model/history", Kind.HISTORY),
            Map.entry("/models/:model/assignment", Kind.ASSIGNMENT),
            Map.entry("/models/:model/buffer", Kind.BUFFER),
            Map.entry("/models/:model/audit", Kind.AUDIT),
            Map.entry("/jobs/:number", Kind.JOB),
            Map.entry("/events", Kind.EVENTS));
    private static final Map<String, Kind> POSTS = Map.of(
            "/promote", Kind.PROMOTE,
            "/rollback", Kind.ROLLBACK,
            "/abort", Kind.ABORT,
            "/retrain", Kind.RETRAIN,
            "/pause", Kind.PAUSE,
            "/resume", Kind.RESUME,
            "/drill", Kind.DRILL,
            "/labels/void", Kind.VOID);
    /** Not among the reads by their paths, although they change nothing. */
    private static final Set<Kind> LOOKS = Set.of(Kind.SUITES, Kind.CHECK, Kind.VERIFY, Kind.RECEIPT, Kind.REPLAY);

    /** Registries know nothing of it: they never see a request. */
    private static final Set<Kind> WITH_HEALTH = Set.of(Kind.MODELS, Kind.MODEL);

    private static final Set<String> NUMBERS = Set.of("after", "limit");

    private final Vertx vertx;
    private final StoreBinding binding;
    private final HealthApi health;

    AdminApi(Vertx vertx, StoreBinding binding, HealthApi health) {
        this.vertx = vertx;
        this.binding = binding;
        this.health = health;
    }

    void mount(Endpoints endpoints) {
        READS.forEach((path, kind) -> endpoints.read(ROOT + path).handler(context -> ask(context, kind)));
        POSTS.forEach(
                (word, kind) -> endpoints.write(HttpMethod.POST, MODEL + word).handler(context -> tell(context, kind)));
        endpoints.write(HttpMethod.POST, MODEL + "/approve").handler(context -> tell(context, Kind.APPROVE_PROMOTION));
        endpoints
                .write(HttpMethod.POST, MODEL + "/versions/:number/release")
                .handler(context -> tell(context, Kind.RELEASE));
        endpoints.write(HttpMethod.POST, JOB + "/approve").handler(context -> tell(context, Kind.APPROVE));
        endpoints.write(HttpMethod.POST, JOB + "/drop").handler(context -> tell(context, Kind.DROP));
        endpoints.write(HttpMethod.PUT, MODEL + "/routing").handler(context -> tell(context, Kind.ROUTING));
        endpoints.write(HttpMethod.POST, MODEL + "/versions").handler(this::register);
        endpoints.write(HttpMethod.POST, MODEL + "/suites").handler(context -> look(context, Kind.SUITES));
        endpoints.write(HttpMethod.POST, MODEL + "/check").handler(context -> look(context, Kind.CHECK));
        endpoints.write(HttpMethod.POST, ROOT + "/verify").handler(context -> walk(context, Kind.VERIFY));
        endpoints.read(RECEIPT).handler(context -> ask(context, Kind.RECEIPT));
        endpoints.write(HttpMethod.POST, RECEIPT + "/replay").handler(context -> walk(context, Kind.REPLAY));
    }

    private void ask(RoutingContext context, Kind kind) {
        Operation operation = operation(context, kind, query(context), null, null);
        Future<Answer> reply = request(operation, WITHIN_MILLIS);
        Future<Answer> told = WITH_HEALTH.contains(kind) ? health.addedTo(reply, operation.model()) : reply;
        told.onComplete(answer -> answer(context, answer), failure -> refuse(context, kind, failure));
    }

    /** A read that is posted, because it takes long; it has no key, since an old answer would be worth nothing. */
    private void walk(RoutingContext context, Kind kind) {
        forward(context, operation(context, kind, body(context), null, null), WALK_MILLIS);
    }

    /** A look at a version: an event is kept of it, but no key, since an old answer would be worth nothing. */
    private void look(RoutingContext context, Kind kind) {
        forward(context, operation(context, kind, body(context), null, null), WITHIN_MILLIS);
    }

    private void tell(RoutingContext context, Kind kind) {
        write(context, kind, body(context), null);
    }

    private void register(RoutingContext context) {
        byte[] body = JsonBody.bytes(context);
        write(context, Kind.REGISTER, query(context), body == null ? null : new Artifact(body));
    }

    private static String body(RoutingContext context) {
        byte[] body = JsonBody.bytes(context);
        return body == null ? "{}" : new String(body, StandardCharsets.UTF_8);
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

    private void write(RoutingContext context, Kind kind, String body, @Nullable Artifact artifact) {
        forward(context, operation(context, kind, body, artifact, IdempotencyKey.of(context)), WITHIN_MILLIS);
    }

    private static Operation operation(
            RoutingContext context, Kind kind, String body, @Nullable Artifact artifact, @Nullable String key) {
        String model = context.pathParams().getOrDefault("model", "");
        String number = context.pathParams().get("number");
        long parsed = number == null ? 0 : whole(numbered(kind), number);
        return new Operation(kind, model, parsed, body, artifact, "operator", key);
    }

    private static String numbered(Kind kind) {
        if (OF_RECEIPTS.contains(kind)) {
            return "receipt";
        }
        return OF_JOBS.contains(kind) ? "job" : "version";
    }

    private void forward(RoutingContext context, Operation operation, long withinMillis) {
        request(operation, withinMillis)
                .onComplete(answer -> answer(context, answer), failure -> refuse(context, operation.kind(), failure));
    }

    private Future<Answer> request(Operation operation, long withinMillis) {
        return vertx.eventBus()
                .<Answer>request(Addresses.OPERATE, operation, binding.within(withinMillis))
                .map(Message::body);
    }

    private static void answer(RoutingContext context, Answer answer) {
        context.response()
                .setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(answer.body());
    }

    private static void refuse(RoutingContext context, Kind kind, Throwable failure) {
        boolean silent =
                failure instanceof ReplyException reply && reply.failureType() != ReplyFailure.RECIPIENT_FAILURE;
        context.fail(silent ? Failure.UNAVAILABLE.because(silence(kind, (ReplyException) failure)) : failure);
    }

    /** Of a write that somebody has got nobody knows what became of it. */
    private static String silence(Kind kind, ReplyException failure) {
        boolean changesNothing =
                READS.containsValue(kind) || LOOKS.contains(kind) || failure.failureType() == ReplyFailure.NO_HANDLERS;
        return "the registry does not answer"
                + (changesNothing
                        ? ""
                        : ": perhaps done, perhaps not (expected: that you look, or send it again with its "
                                + IdempotencyKey.HEADER + ")");
    }
}
