package io.abgate.gateway.inference;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who asks which model.
 *
 * @param version in the path, if there is one
 */
record InferenceCall(
        HttpServerRequest request, String model, @Nullable String version) {
    /** The path at which the gateway chooses the version. */
    static final String ROUTE = "/v2/models/:model/infer";

    private static final String BEFORE = ROUTE.substring(0, ROUTE.indexOf(':'));
    private static final String AFTER = ROUTE.substring(ROUTE.lastIndexOf('/'));

    /** The call that a request makes at {@link #ROUTE}, when its path is written so plainly that it says the name itself. */
    static @Nullable InferenceCall of(HttpServerRequest request) {
        String path = request.path();
        boolean isCall = request.method().equals(HttpMethod.POST)
                && path != null
                && path.length() > BEFORE.length() + AFTER.length()
                && path.startsWith(BEFORE)
                && path.endsWith(AFTER);
        if (!isCall) {
            return null;
        }
        String model = path.substring(BEFORE.length(), path.length() - AFTER.length());
        return isPlain(model) ? new InferenceCall(request, model, null) : null;
    }

    /** Letters, digits, - and _; anything else may be an escape, a slash or a step up, and is for the router to judge. */
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char next = name.charAt(i);
            boolean isLetter = (next | ' ') >= 'a' && (next | ' ') <= 'z' && next < 128;
            if (!isLetter && !(next >= '0' && next <= '9') && next != '-' && next != '_') {
                return false;
            }
        }
        return true;
    }
}
