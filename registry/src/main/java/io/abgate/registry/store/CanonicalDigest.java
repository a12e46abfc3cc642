package io.abgate.registry.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 over values, each prefixed by its length in bytes (32 bits, big-endian; -1 for an absent one), so that two
 * different lists of values never give the same bytes. Texts are UTF-8, numbers 64 bits big-endian.
 */
final class CanonicalDigest {
    private static final int ABSENT = -1;

    private final MessageDigest digest = sha256();

    CanonicalDigest text(@Nullable String value) {
        if (value == null) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(ABSENT).flip());
            return this;
        }
        byte[] bytes = value.getBytes(UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
        return this;
    }

    CanonicalDigest number(long value) {
        digest.update(ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(Long.BYTES)
                .putLong(value)
                .flip());
        return this;
    }

    CanonicalDigest real(double value) {
        return number(Double.doubleToLongBits(value));
    }

    /** The digest in lower-case hexadecimal; ends the use of this object. */
    String toHex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
