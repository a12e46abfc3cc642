package io.abgate.gateway.admin;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.ShortDuration;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an operator says of an override. */
record OverrideRequest(int version, Duration ttl, String reason) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Set<String> FIELDS = Set.of("version", "ttl", "reason");
    private static final String TTL = "a time such as " + ShortDuration.EXAMPLES + ", above 0 and at most 7d";

    /**
     * The request in a body.
     *
     * @throws io.abgate.registry.contract.Refusal when it is none; the message says what came and what was expected
     */
    static OverrideRequest read(byte @Nullable [] body) {
        JsonObject json = object(body);
        for (String field : json.fieldNames()) {
            check(FIELDS.contains(field), "body", "\"" + field + "\"", "version, ttl and reason");
        }
        return new OverrideRequest(
                version(json.getValue("version")),
                ttl(text(json, "ttl", "1h")),
                text(json, "reason", "an operator asked for it"));
    }

    private static JsonObject object(byte @Nullable [] body) {
        try {
            return new JsonObject(Buffer.buffer(body == null ? new byte[0] : body));
        } catch (DecodeException | ClassCastException e) {
            throw Failure.INVALID.because(Check.message("body", "no JSON object", "{\"version\":2,\"ttl\":\"1h\"}"));
        }
    }

    private static int version(@Nullable Object came) {
        boolean whole = came instanceof Integer number && number > 0;
        check(whole, "version", came == null ? "nothing" : came, "a number from 1");
        return ((Number) Objects.requireNonNull(came)).intValue();
    }

    private static String text(JsonObject json, String field, String otherwise) {
        Object came = json.getValue(field, otherwise);
        boolean isText = came instanceof String text && !text.isBlank();
        check(isText, field, String.valueOf(came), "a text");
        return String.valueOf(came);
    }

    private static Duration ttl(String text) {
        Duration ttl;
        try {
            ttl = ShortDuration.parse(text);
        } catch (DateTimeException e) {
            throw Failure.INVALID.because(Check.message("ttl", text, TTL));
        }
        check(ttl.compareTo(SHORTEST) >= 0 && ttl.compareTo(LONGEST) <= 0, "ttl", text, TTL);
        return ttl;
    }

    private static void check(boolean holds, String name, Object came, String expected) {
        if (!holds) {
            throw Failure.INVALID.because(Check.message(name, came, expected));
        }
    }
}
