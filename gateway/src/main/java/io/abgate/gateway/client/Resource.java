package io.abgate.gateway.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Path and query of something that a listener has, escaped. */
public record Resource(String path) {

    /** Something of the operators' interface. */
    public static Resource admin(String... segments) {
        return new Resource("/api/v1" + joined(segments));
    }

    /** A model as operators see it. */
    public static Resource model(String model, String... segments) {
        return new Resource(admin("models", model).path() + joined(segments));
    }

    /** A model as applications see it. */
    public static Resource inference(String model, String... segments) {
        return new Resource("/v2" + joined("models", model) + joined(segments));
    }

    /** This with a query parameter more, or as it is when there is no value. */
    public Resource with(String name, @Nullable Object value) {
        return value == null
                ? this
                : new Resource(path + (path.contains("?") ? '&' : '?') + name + "=" + escaped(value.toString()));
    }

    private static String joined(String... segments) {
        return Arrays.stream(segments).map(segment -> "/" + escaped(segment)).collect(Collectors.joining());
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
