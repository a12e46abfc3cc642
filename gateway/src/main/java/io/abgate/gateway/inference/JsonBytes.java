package io.abgate.gateway.inference;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.CharTypes;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.abgate.gateway.http.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** JSON under way to its bytes, in a buffer that one event loop uses again and again. Prints as Jackson does. */
final class JsonBytes {
    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int KEPT_CAPACITY = 1 << 16;
    private static final int[] ESCAPES = CharTypes.get7BitOutputEscapes();

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;

    /** Starts again; one large answer must not hold its memory for ever. */
    void clear() {
        size = 0;
        if (bytes.length > KEPT_CAPACITY) {
            bytes = new byte[FIRST_CAPACITY];
        }
    }

    /** A copy of what was written. */
    Buffer toBuffer() {
        return Buffer.buffer(size).appendBytes(bytes, 0, size);
    }

    /** What is JSON already. */
    JsonBytes raw(byte[] json) {
        reserve(json.length);
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
        return this;
    }

    /** One character of punctuation. */
    JsonBytes raw(char json) {
        reserve(1);
        bytes[size++] = (byte) json;
        return this;
    }

    /** ASCII that needs no escape, without quotes. */
    @SuppressWarnings("deprecation") // it drops the upper half of each character, and here there is none
    JsonBytes ascii(String text) {
        reserve(text.length());
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
        return this;
    }

    JsonBytes number(long number) {
        return ascii(Long.toString(number));
    }

    /** What is no number is a string. */
    JsonBytes number(double number) {
        return Double.isFinite(number)
                ? ascii(Double.toString(number))
                : raw('"').ascii(Double.toString(number)).raw('"');
    }

    /** Text in quotes. */
    JsonBytes string(String text) {
        return isPlain(text) ? raw('"').ascii(text).raw('"') : raw(printed(text));
    }

    /** Which escapes are needed, and how they are spelled, is for Jackson to say. */
    private static byte[] printed(String text) {
        ByteArrayBuilder printed = new ByteArrayBuilder();
        try (JsonGenerator json = Json.FACTORY.createGenerator(printed)) {
            json.writeString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return printed.toByteArray();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next >= ESCAPES.length || ESCAPES[next] != 0) {
                return false;
            }
        }
        return true;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
