package io.abgate.gateway.inference;

import io.abgate.gateway.routing.Detour;
import io.abgate.gateway.routing.Hosting;
import io.abgate.gateway.routing.InForce;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Stage;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;

/** Says what is served here, and whether it is ready. The registry is asked nothing, so it may be gone. */
final class DescriptionHandler {
    private static final String VERSION =
            Objects.requireNonNullElse(DescriptionHandler.class.getPackage().getImplementationVersion(), "development");

    private final ServedModels models;
    private final Hosting hosting;

    DescriptionHandler(ServedModels models, Hosting hosting) {
        this.models = models;
        this.hosting = hosting;
    }

    void server(RoutingContext context) {
        JsonArray extensions = new JsonArray().add("binary_tensor_data");
        answer(
                context,
                new JsonObject().put("name", "abgate").put("version", VERSION).put("extensions", extensions));
    }

    void live(RoutingContext context) {
        answer(context, new JsonObject().put("live", true));
    }

    void ready(RoutingContext context) {
        models.all().forEach(model -> checkReady(model.name(), models.inForce(model)));
        answer(context, new JsonObject().put("ready", true));
    }

    void model(RoutingContext context) {
        ServedModel model = models.find(context.pathParam("model"));
        answer(context, Metadata.of(model.settings(), models.table(model)));
    }

    void version(RoutingContext context) {
        ServedModel model = models.find(context.pathParam("model"));
        RoutedVersion version = Split.served(models.table(model), context.pathParam("version"));
        answer(context, Metadata.of(model.settings(), List.of(version)));
    }

    /** Readiness of the model, or of the version in the URL. */
    void modelReady(RoutingContext context) {
        ServedModel model = models.find(context.pathParam("model"));
        InForce inForce = models.inForce(model);
        String number = context.pathParam("version");
        if (number == null) {
            checkReady(model.name(), inForce);
        } else {
            checkReady(model.name(), Split.served(inForce.table(), number));
        }
        answer(context, new JsonObject().put("name", model.name()).put("ready", true));
    }

    /** A model is ready when a version answers that gets traffic, or to which requests fall back. */
    private void checkReady(String model, InForce inForce) {
        RouteTable table = inForce.table();
        Detour detour = inForce.detour();
        boolean answers = (detour != null && hosting.anywhere(model, detour.version()))
                || table.versions().stream()
                        .filter(version -> version.share() > 0
                                || version.stage() == Stage.CHAMPION
                                || version.stage() == Stage.STANDBY)
                        .anyMatch(version -> hosting.anywhere(model, version));
        if (!answers) {
            checkReady(model, table.champion());
        }
    }

    private void checkReady(String model, RoutedVersion version) {
        if (!hosting.anywhere(model, version)) {
            throw Failure.UNAVAILABLE.because(Check.message(
                    "model", model + " version " + version.version(), "warm on at least one node; try again shortly"));
        }
    }

    private static void answer(RoutingContext context, JsonObject body) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body.toBuffer());
    }
}
