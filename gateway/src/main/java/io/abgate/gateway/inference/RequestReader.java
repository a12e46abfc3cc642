package io.abgate.gateway.inference;

import com.fasterxml.jackson.core.JsonParser;
import io.abgate.gateway.http.Json;
import io.abgate.gateway.inference.OutputSelection.Output;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.TensorSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one request body of the Open Inference Protocol v2: JSON, and the binary tensors after it. */
final class RequestReader {
    /** Says how many bytes of a body are JSON, when binary tensors follow. */
    static final String JSON_BYTES_HEADER = "Inference-Header-Content-Length";

    private final List<InputReader> inputs = new ArrayList<>();
    private final Set<Output> outputs = EnumSet.noneOf(Output.class);
    private @Nullable String id;
    private @Nullable String key;

    private RequestReader() {}

    /**
     * The request in a body.
     *
     * @param jsonBytes value of {@link #JSON_BYTES_HEADER}
     * @param expected the model's input
     * @throws IllegalArgumentException when it is unsound, or its input not as the model takes it
     */
    static InferenceRequest read(byte[] body, @Nullable String jsonBytes, TensorSpec expected) {
        InferenceRequest common = jsonBytes == null ? CommonRequest.read(body, expected) : null;
        return common == null ? readAny(body, jsonBytes, expected) : common;
    }

    /** The same of any request, however it is written. */
    static InferenceRequest readAny(byte[] body, @Nullable String jsonBytes, TensorSpec expected) {
        int length = jsonBytes == null ? body.length : jsonLength(jsonBytes, body.length);
        RequestReader reader = new RequestReader();
        Json.readObject(body, length, reader::readField);
        return reader.request(new BinaryTensors(body, length), expected);
    }

    private InferenceRequest request(BinaryTensors binary, TensorSpec expected) {
        Check.that(inputs.size() == 1, "inputs", inputs.size() + " of them", InputCheck.describe(expected));
        Tensor input = inputs.get(0).toTensor(binary);
        binary.checkConsumed();
        InputCheck.check(input, expected);
        return new InferenceRequest(
                id, key, input, outputs.isEmpty() ? OutputSelection.DEFAULT : new OutputSelection(outputs));
    }

    private void readField(String field, JsonParser parser) throws IOException {
        switch (field) {
            case "id" -> id = Json.text(parser, "id");
            case "parameters" -> Json.eachField(parser, "parameters", this::readParameter);
            case "inputs" -> Json.eachValue(parser, "inputs", input -> inputs.add(InputReader.read(input)));
            case "outputs" -> Json.eachValue(parser, "outputs", this::readOutput);
            default -> parser.skipChildren();
        }
    }

    private void readParameter(String field, JsonParser parser) throws IOException {
        if (field.equals("key")) {
            Check.that(parser.currentToken().isScalarValue(), "key", Json.came(parser), "a string or a number");
            key = parser.getText();
        } else {
            parser.skipChildren();
        }
    }

    private void readOutput(JsonParser parser) throws IOException {
        Json.eachField(parser, "output", (field, value) -> {
            if (field.equals("name")) {
                outputs.add(Output.of(Json.text(value, "output name")));
            } else {
                value.skipChildren();
            }
        });
    }

    private static int jsonLength(String header, int bodyBytes) {
        String expected = "0 to the " + bodyBytes + " bytes of the body";
        try {
            int length = Integer.parseInt(header.strip());
            Check.that(length >= 0 && length <= bodyBytes, JSON_BYTES_HEADER, length, expected);
            return length;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(Check.message(JSON_BYTES_HEADER, header, expected), e);
        }
    }
}
