package io.abgate.gateway.http;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which content types are taken: JSON, what inference clients send binary tensors as, and what curl says unasked. */
final class MediaType {
    private static final String JSON = "application/json";

    static final String EXPECTED = "application/json, or application/octet-stream for binary tensors";

    private static final Set<String> TAKEN =
            Set.of(JSON, "application/octet-stream", "application/x-www-form-urlencoded");

    private MediaType() {}

    static boolean isTaken(@Nullable String contentType) {
        if (contentType == null || contentType.equals(JSON)) { // as nearly all say it
            return true;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return TAKEN.contains(type) || (type.startsWith("application/") && type.endsWith("+json"));
    }
}
