package io.abgate.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.abgate.registry.domain.Check;
import java.io.IOException;

/** Reads JSON as a stream, refusing what is no JSON or of another kind than expected. */
public final class Json {
    /** Makes parsers and generators. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private static final int SHOWN_CHARACTERS = 40;

    private Json() {}

    /** Reads one field, whose value the parser is at; leaves it at the value's end. */
    @FunctionalInterface
    public interface FieldReader {
        void read(String field, JsonParser parser) throws IOException;
    }

    /** Reads one value, which the parser is at; leaves it at the value's end. */
    @FunctionalInterface
    public interface ValueReader {
        void read(JsonParser parser) throws IOException;
    }

    /**
     * Reads the first {@code length} bytes as one object and nothing else.
     *
     * @throws IllegalArgumentException when they are none
     */
    public static void readObject(byte[] body, int length, FieldReader reader) {
        try (JsonParser parser = FACTORY.createParser(body, 0, length)) {
            parser.nextToken();
            eachField(parser, "body", reader);
            Check.that(parser.nextToken() == null, "body", "more after its end", "one JSON object");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    Check.message("body", forApplications(e.getOriginalMessage()), "a JSON object"), e);
        } catch (IOException e) { // bytes that are no characters of the encoding that the first of them tell
            throw new IllegalArgumentException(
                    Check.message("body", String.valueOf(e.getMessage()), "a JSON object"), e);
        }
    }

    /** Without what the parser tells its programmers only: what they might enable, and that it does not show the source. */
    private static String forApplications(String message) {
        return message.replaceFirst(": enable `.*", "").replaceAll("\\[Source: [^;\\]]*; (line: [^\\]]*)]", "$1");
    }

    /** Reads every field of the object that the parser is at. A field that is {@code null} is as good as absent. */
    public static void eachField(JsonParser parser, String name, FieldReader reader) throws IOException {
        Check.that(parser.currentToken() == JsonToken.START_OBJECT, name, came(parser), "a JSON object");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                reader.read(field, parser);
            }
        }
    }

    /** Reads every value of the array that the parser is at. */
    public static void eachValue(JsonParser parser, String name, ValueReader reader) throws IOException {
        Check.that(parser.currentToken() == JsonToken.START_ARRAY, name, came(parser), "an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            reader.read(parser);
        }
    }

    /** The string that the parser is at. */
    public static String text(JsonParser parser, String name) throws IOException {
        Check.that(parser.currentToken() == JsonToken.VALUE_STRING, name, came(parser), "a string");
        return parser.getText();
    }

    /** The whole number that the parser is at. */
    public static long integer(JsonParser parser, String name) throws IOException {
        Check.that(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, name, came(parser), "a whole number");
        return parser.getLongValue();
    }

    /** What the parser is at, in a few words. */
    public static String came(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "\"" + shortened(parser.getText()) + "\"";
            default -> shortened(parser.getText());
        };
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
