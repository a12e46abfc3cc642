package io.abgate.gateway.inference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.abgate.gateway.http.Json;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads one input of a request, whose fields may come in any order. */
final class InputReader {
    private static final int MOST_DIMENSIONS = 8;
    private static final long LONGEST_DIMENSION = 1 << 20;

    private @Nullable String name;
    private @Nullable Datatype datatype;
    private @Nullable List<Long> shape;
    private @Nullable Elements data;
    private Nesting nesting = new Nesting();
    private long binaryBytes = -1;

    static InputReader read(JsonParser parser) throws IOException {
        InputReader input = new InputReader();
        Json.eachField(parser, "input", input::readField);
        return input;
    }

    /** The input as a tensor, its elements out of the JSON or out of what follows it. */
    Tensor toTensor(BinaryTensors binary) {
        String tensor = required(name, "name");
        Datatype type = required(datatype, "datatype");
        List<Long> dimensions = required(shape, "shape");
        if (binaryBytes >= 0) {
            Check.that(data == null, "data of " + tensor, "data and binary_data_size", "one of them");
            return binary.next(type, binaryBytes).toTensor(tensor, type, dimensions);
        }
        Elements elements = required(data, "data");
        nesting.checkFits(dimensions);
        return elements.toTensor(tensor, type, dimensions);
    }

    private void readField(String field, JsonParser parser) throws IOException {
        switch (field) {
            case "name" -> name = Json.text(parser, "input name");
            case "datatype" -> datatype = datatype(Json.text(parser, "datatype"));
            case "shape" -> shape = shape(parser);
            case "parameters" -> Json.eachField(parser, "input parameters", this::readParameter);
            case "data" -> readData(parser);
            default -> parser.skipChildren();
        }
    }

    private void readParameter(String field, JsonParser parser) throws IOException {
        if (field.equals("binary_data_size")) {
            binaryBytes = Json.integer(parser, field);
            Check.that(binaryBytes >= 0, field, binaryBytes, "a number from 0");
        } else {
            parser.skipChildren();
        }
    }

    private void readData(JsonParser parser) throws IOException {
        Check.that(parser.currentToken() == JsonToken.START_ARRAY, "data", Json.came(parser), "an array");
        Elements elements = new Elements();
        nesting = new Nesting();
        nesting.open();
        boolean open = true;
        while (open) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.END_ARRAY) {
                open = nesting.close();
            } else if (token == JsonToken.START_ARRAY) {
                nesting.open();
            } else {
                nesting.element();
                readElement(parser, token, elements);
            }
        }
        data = elements;
    }

    private static void readElement(JsonParser parser, JsonToken token, Elements to) throws IOException {
        switch (token) {
            case VALUE_STRING -> to.addString(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> to.addNumber(parser.getDoubleValue());
            case VALUE_TRUE -> to.addTruth(true);
            case VALUE_FALSE -> to.addTruth(false);
            default ->
                throw new IllegalArgumentException(
                        Check.message("data", Json.came(parser), "strings, numbers, true or false"));
        }
    }

    private static List<Long> shape(JsonParser parser) throws IOException {
        List<Long> shape = new ArrayList<>();
        Json.eachValue(parser, "shape", dimension -> {
            shape.add(Json.integer(dimension, "shape"));
            Check.that(shape.size() <= MOST_DIMENSIONS, "shape", shape, "at most " + MOST_DIMENSIONS + " dimensions");
        });
        long elements = 1;
        for (long dimension : shape) {
            Check.that(
                    dimension >= 0 && dimension <= LONGEST_DIMENSION,
                    "shape",
                    shape,
                    "dimensions from 0 to " + LONGEST_DIMENSION);
            elements *= dimension;
            Check.that(elements <= LONGEST_DIMENSION, "shape", shape, "at most " + LONGEST_DIMENSION + " elements");
        }
        return shape;
    }

    private static Datatype datatype(String name) {
        try {
            return Datatype.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    Check.message("datatype", name, "one of " + Arrays.toString(Datatype.values())), e);
        }
    }

    private static <T> T required(@Nullable T value, String field) {
        Check.that(value != null, "input", "no " + field, "name, datatype, shape and data");
        return Objects.requireNonNull(value);
    }
}
