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

    private static final int BUFFER_BYTES = 4096;

    private final MessageDigest digest = sha256();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES); // small updates of a digest are slow

    CanonicalDigest text(@Nullable String value) {
        if (value == null) {
            room(Integer.BYTES).putInt(ABSENT);
            return this;
        }
        byte[] bytes = value.getBytes(UTF_8);
        room(Integer.BYTES).putInt(bytes.length);
        if (bytes.length > BUFFER_BYTES) {
            flush();
            digest.update(bytes);
        } else {
            room(bytes.length).put(bytes);
        }
        return this;
    }

    CanonicalDigest number(long value) {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
        return this;
    }

    CanonicalDigest real(double value) {
        return number(Double.doubleToLongBits(value));
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() {
        digest.update(buffer.flip());
        buffer.clear();
    }

    /** The digest in lower-case hexadecimal; ends the use of this object. */
    String toHex() {
        flush();
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
