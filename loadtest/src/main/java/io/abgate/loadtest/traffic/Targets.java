package io.abgate.loadtest.traffic;

import io.abgate.gateway.client.Resource;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.List;

/** Where requests go. */
final class Targets {
    private static final String HTTPS = "https";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final TrafficSettings settings;
    private final Keys keys;
    private final RequestOptions chosen;
    private final List<RequestOptions> pinned;
    private final RequestOptions feedback;

    Targets(TrafficSettings settings, Plan plan) {
        this.settings = settings;
        this.keys = plan.keys();
        String model = settings.model();
        this.chosen = options(Resource.inference(model, "infer"));
        this.pinned = plan.pinned().stream()
                .map(version -> options(Resource.inference(model, "versions", version, "infer")))
                .toList();
        this.feedback = options(Resource.inference(model, "feedback"));
    }

    private RequestOptions options(Resource resource) {
        boolean isSecure = HTTPS.equals(settings.url().getScheme());
        int port = settings.url().getPort();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(settings.url().getHost())
                .setPort(port >= 0 ? port : isSecure ? HTTPS_PORT : HTTP_PORT)
                .setSsl(isSecure)
                .setURI(path(settings.url().getPath()) + resource.path())
                .setTimeout(settings.timeout().toMillis())
                .putHeader("Content-Type", "application/json");
    }

    private static String path(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    RequestOptions inference(Plan.Step step) {
        RequestOptions target = step.version() == Plan.Step.CHOSEN ? chosen : pinned.get(step.version());
        return keys.isSent() ? new RequestOptions(target).putHeader("X-Routing-Key", keys.spelled(step.key())) : target;
    }

    RequestOptions feedback() {
        return feedback;
    }
}
