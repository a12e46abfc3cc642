package io.abgate.gateway.inference;

import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Datatype;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The tensors that follow the JSON of a request, one after the other, little-endian; BYTES are each a length of 32 bits
 * without sign, and so many bytes of UTF-8. (Binary data extension of Triton's HTTP protocol.)
 */
final class BinaryTensors {
    private static final long ALL_BITS = 0xFFFF_FFFFL;

    private final ByteBuffer rest;

    BinaryTensors(byte[] body, int from) {
        this.rest = ByteBuffer.wrap(body, from, body.length - from).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The next {@code bytes} bytes, as elements of a datatype. */
    Elements next(Datatype datatype, long bytes) {
        Check.that(
                bytes >= 0 && bytes <= rest.remaining(),
                "binary_data_size",
                bytes,
                "at most the " + rest.remaining() + " bytes that are left");
        ByteBuffer tensor = rest.slice(rest.position(), (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        rest.position(rest.position() + (int) bytes);
        Elements elements = new Elements();
        if (datatype == Datatype.BYTES) {
            readStrings(tensor, elements);
        } else {
            readNumbers(tensor, datatype, elements);
        }
        return elements;
    }

    /** Refuses bytes that belong to no input. */
    void checkConsumed() {
        Check.that(!rest.hasRemaining(), "body", rest.remaining() + " bytes after the last tensor", "none");
    }

    private static void readNumbers(ByteBuffer from, Datatype datatype, Elements to) {
        Check.that(
                from.remaining() % datatype.width() == 0,
                "binary_data_size",
                from.remaining(),
                "a multiple of " + datatype.width() + ", as datatype " + datatype + " says");
        while (from.hasRemaining()) {
            to.addNumber(number(from, datatype));
        }
    }

    private static double number(ByteBuffer from, Datatype datatype) {
        return switch (datatype) {
            case BOOL, UINT8 -> Byte.toUnsignedInt(from.get());
            case INT8 -> from.get();
            case INT16 -> from.getShort();
            case UINT16 -> Short.toUnsignedInt(from.getShort());
            case INT32 -> from.getInt();
            case UINT32 -> Integer.toUnsignedLong(from.getInt());
            case INT64 -> from.getLong();
            case UINT64 -> unsigned(from.getLong());
            case FP32 -> from.getFloat();
            case FP64 -> from.getDouble();
            case BYTES -> throw new IllegalArgumentException("BYTES are no numbers");
        };
    }

    private static double unsigned(long bits) {
        return (bits >>> Integer.SIZE) * 0x1.0p32 + (bits & ALL_BITS);
    }

    private static void readStrings(ByteBuffer from, Elements to) {
        while (from.hasRemaining()) {
            Check.that(from.remaining() >= Integer.BYTES, "BYTES", from.remaining() + " bytes left", "a length");
            long length = Integer.toUnsignedLong(from.getInt());
            Check.that(
                    length <= from.remaining(),
                    "BYTES",
                    "an element of " + length + " bytes",
                    "at most the " + from.remaining() + " bytes that are left");
            to.addString(string(from.slice(from.position(), (int) length)));
            from.position(from.position() + (int) length);
        }
    }

    private static String string(ByteBuffer utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(Check.message("BYTES", "other bytes", "UTF-8"), e);
        }
    }
}
