package io.abgate.registry.keys;

import io.abgate.registry.domain.Check;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One secret key, a line {@code id base64key} or {@code id base64key from=instant} of the file.
 *
 * @param secret at least 32 bytes; must not be changed
 * @param from when it begins to sign; null for a key that always could
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record TokenKey(int id, byte[] secret, @Nullable Instant from) {
    static final int SECRET_BYTES = 32;
    static final int LARGEST_ID = 255;

    private static final String FROM = "from=";

    TokenKey {
        Check.that(id >= 0 && id <= LARGEST_ID, TokenKeys.FILE, "id " + id, "0 to " + LARGEST_ID);
        Check.that(
                secret.length >= SECRET_BYTES,
                TokenKeys.FILE,
                "key " + id + " of " + secret.length + " bytes",
                "at least " + SECRET_BYTES + " bytes");
    }

    boolean signsAt(long epochMillis) {
        return from == null || from.toEpochMilli() <= epochMillis;
    }

    /** The key in a line; what is said of an unsound one does not show it, for it holds a secret. */
    static TokenKey parse(String line) {
        String[] words = line.strip().split("\\s+", -1);
        boolean whole = words.length == 2 || (words.length == 3 && words[2].startsWith(FROM));
        Check.that(whole, TokenKeys.FILE, "a line of " + words.length + " words", "id base64key [from=instant]");
        return new TokenKey(id(words[0]), secret(words), words.length == 2 ? null : from(words));
    }

    private static int id(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(Check.message(TokenKeys.FILE, "id " + word, "0 to " + LARGEST_ID), e);
        }
    }

    private static byte[] secret(String[] words) {
        try {
            return Base64.getDecoder().decode(words[1]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Check.message(TokenKeys.FILE, "key " + words[0], "base64"), e);
        }
    }

    private static Instant from(String[] words) {
        try {
            return Instant.parse(words[2].substring(FROM.length()));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    Check.message(TokenKeys.FILE, words[2] + " of key " + words[0], "from=2026-01-31T12:00:00Z"), e);
        }
    }

    String line() {
        String key = id + " " + Base64.getEncoder().encodeToString(secret);
        return from == null ? key : key + " " + FROM + from;
    }
}
