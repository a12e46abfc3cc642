package io.abgate.registry.policy;

import io.abgate.registry.domain.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a record and of all that is in it. A double goes in as its bits and not as digits, which one Java prints
 * otherwise than the next. Each value follows a letter for its type and, where it needs one, its length or size (32 bits);
 * fields follow their names, entries of a map are in the order of their keys.
 */
public final class StateDigest {
    private final DataOutputStream out;

    private StateDigest(DataOutputStream out) {
        this.out = out;
    }

    /** Digest in lower-case hexadecimal; an IllegalArgumentException when something in it is no plain value. */
    public static String of(Record value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            new StateDigest(out).add(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Sha256.of(bytes.toByteArray());
    }

    private void add(@Nullable Object value) throws IOException {
        if (value == null) {
            out.writeByte('0');
        } else if (value instanceof Record fields) {
            record(fields);
        } else if (value instanceof List<?> list) {
            out.writeByte('L');
            out.writeInt(list.size());
            for (Object each : list) {
                add(each);
            }
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else {
            plain(value);
        }
    }

    private void plain(Object value) throws IOException {
        if (value instanceof Double || value instanceof Float) {
            out.writeByte('D');
            out.writeLong(Double.doubleToLongBits(((Number) value).doubleValue()));
        } else if (value instanceof Long || value instanceof Integer) {
            out.writeByte('N');
            out.writeLong(((Number) value).longValue());
        } else if (value instanceof Boolean truth) {
            out.writeByte(truth ? '+' : '-');
        } else if (value instanceof Enum<?> word) {
            text(word.name());
        } else if (value instanceof String text) {
            text(text);
        } else {
            throw new IllegalArgumentException(
                    value.getClass() + " (expected: a record, list, map, number, truth, word or text)");
        }
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte('T');
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private void map(Map<?, ?> map) throws IOException {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        out.writeByte('M');
        out.writeInt(sorted.size());
        for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
            text(entry.getKey());
            add(entry.getValue());
        }
    }

    private void record(Record fields) throws IOException {
        RecordComponent[] components = fields.getClass().getRecordComponents();
        out.writeByte('R');
        out.writeInt(components.length);
        for (RecordComponent component : components) {
            text(component.getName());
            add(value(fields, component));
        }
    }

    private static @Nullable Object value(Record fields, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(fields);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }
}
