package io.abgate.gateway.admin;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.Check;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The request header under whose value a write is done at most once, however often it comes. */
final class IdempotencyKey {
    static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 255;
    private static final Pattern VISIBLE = Pattern.compile("[!-~]{1," + LONGEST + "}");
    private static final String EXPECTED = "one value of 1 to " + LONGEST + " visible ASCII characters";

    private IdempotencyKey() {}

    /** The key of a request; null when it names none. */
    static @Nullable String of(RoutingContext context) {
        List<String> values = context.request().headers().getAll(HEADER);
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw refusal(values.size() + " values");
        }
        String key = values.get(0);
        if (!VISIBLE.matcher(key).matches()) {
            throw refusal(key.length() > LONGEST ? key.length() + " characters" : key);
        }
        return key;
    }

    private static RuntimeException refusal(String came) {
        return Failure.INVALID.because(Check.message(HEADER, came, EXPECTED));
    }
}
