package io.abgate.model.dense;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Strict reading and canonical printing of JSON: nothing unknown, missing, null, repeated or of another type. */
final class DenseJson {
    private static final int NESTING = 10;
    private static final int STRING_LENGTH = 10_000;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    // JDK 17 and 19 print doubles differently; Jackson's own writer gives one SHA on all of them
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    // weights have all their digits, for which the JDK's own reader takes the long way
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING)
                            .maxStringLength(STRING_LENGTH)
                            .build())
                    .build())
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual, config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    private DenseJson() {}

    /**
     * Reads one document.
     *
     * @param what its name in messages
     * @throws IllegalArgumentException when it is not sound
     */
    static <T> T read(String what, byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw Complaint.of(what, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The canonical printing: compact, in the order of the record's components. */
    static byte[] print(Object document) {
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the text is an object whose field {@code format} has this value. */
    static boolean isOfFormat(byte[] json, String format) {
        try (JsonParser parser = MAPPER.createParser(json)) {
            return parser.nextToken() == JsonToken.START_OBJECT && format.equals(formatOf(parser));
        } catch (IOException e) {
            return false;
        }
    }

    private static String formatOf(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals("format");
            parser.nextToken();
            if (found) {
                return parser.getValueAsString("");
            }
            parser.skipChildren();
        }
        return "";
    }
}
