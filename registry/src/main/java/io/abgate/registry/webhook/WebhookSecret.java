package io.abgate.registry.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What sender and receiver of a webhook share. Signs as version 1 of Standard Webhooks says: HMAC-SHA256 of
 * {@code id.timestamp.body}, in Base64 (github.com/standard-webhooks, "spec/standard-webhooks.md").
 */
public final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final int FEWEST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private WebhookSecret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when the text is none; its message does not hold the text
     */
    public static WebhookSecret parse(String text) {
        if (text.startsWith(PREFIX)) {
            byte[] key = decoded(text.substring(PREFIX.length()));
            if (key.length >= FEWEST_BYTES && key.length <= MOST_BYTES) {
                return new WebhookSecret(key);
            }
        }
        throw new IllegalArgumentException(
                PREFIX + " and the Base64 of " + FEWEST_BYTES + " to " + MOST_BYTES + " random bytes");
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** The signature of a message, with its version. */
    String sign(String id, long timestampSeconds, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] signature = mac.doFinal((id + "." + timestampSeconds + "." + body).getBytes(UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every JDK", e);
        }
    }

    /** Not the secret itself, which is for no log. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
