package io.abgate.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.Sha256;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Snapshots as JSON text. Numbers come back to the last bit: Java prints a double in digits that only it is parsed from,
 * and what is no number as a string.
 */
final class Snapshots {
    /** To be raised whenever the same ledger gives another state than it gave before. */
    static final int FOLD = 9;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private Snapshots() {}

    static String json(BookSnapshot snapshot) {
        try {
            return MAPPER.writeValueAsString(snapshot);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BookSnapshot of(String json) {
        try {
            return MAPPER.readValue(json, BookSnapshot.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Digest of all that a snapshot's meaning rests on besides the ledger: the settings, its shape, how to fold. */
    static String settingsDigest(ModelSettings settings) {
        String all = FOLD + shape(BookSnapshot.class) + Changes.json(settings);
        return Sha256.of(all.getBytes(StandardCharsets.UTF_8));
    }

    /** What a record and all records and words in it consist of, so that no new field can be forgotten. */
    static String shape(Class<?> type) {
        Map<String, String> shapes = new TreeMap<>();
        addShape(type, shapes);
        return shapes.toString();
    }

    private static void addShape(Type type, Map<String, String> shapes) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> addShape(argument, shapes));
        } else if (type instanceof Class<?> plain && !shapes.containsKey(plain.getName())) {
            if (plain.isEnum()) {
                shapes.put(plain.getName(), Arrays.toString(plain.getEnumConstants()));
            } else if (plain.isRecord()) {
                RecordComponent[] components = plain.getRecordComponents();
                shapes.put(
                        plain.getName(),
                        Arrays.stream(components)
                                .map(component -> component.getGenericType().getTypeName() + " " + component.getName())
                                .toList()
                                .toString());
                for (RecordComponent component : components) {
                    addShape(component.getGenericType(), shapes);
                }
            }
        }
    }
}
