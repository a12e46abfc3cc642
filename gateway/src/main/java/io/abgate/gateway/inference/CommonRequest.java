package io.abgate.gateway.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.abgate.gateway.inference.OutputSelection.Output;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.TensorSpec;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests as nearly all clients send them: one input of plain strings or numbers, and perhaps an id, a key and
 * names of outputs. It refuses nothing: what it does not read as the full reader would, it leaves to that.
 */
final class CommonRequest {
    private static final byte[][] FIELDS = names("inputs", "id", "parameters", "outputs");
    private static final byte[][] OUTPUT_FIELDS = names("name");
    private static final byte[][] OUTPUTS =
            names(Arrays.stream(Output.values()).map(Output::label).toArray(String[]::new));
    private static final Output[] OUTPUT = Output.values();
    /** Far below what the full parser refuses. */
    private static final int LONGEST_NAME = 1_000;

    private final JsonCursor json;
    private final TensorSpec expected;
    private final CommonInput input;
    private int seen;
    private @Nullable String id;
    private @Nullable String key;
    private @Nullable Set<Output> outputs;

    private CommonRequest(JsonCursor json, TensorSpec expected) {
        this.json = json;
        this.expected = expected;
        this.input = new CommonInput(json, expected);
    }

    /** The request, if it is a common one and as the model takes it. */
    static @Nullable InferenceRequest read(byte[] body, TensorSpec expected) {
        return new CommonRequest(new JsonCursor(body), expected).read();
    }

    static byte[][] names(String... names) {
        return Arrays.stream(names).map(name -> name.getBytes(US_ASCII)).toArray(byte[][]::new);
    }

    private @Nullable InferenceRequest read() {
        if (!readBody()) {
            return null;
        }
        Tensor tensor = input.toTensor();
        if (tensor == null || !InputCheck.isGood(tensor, expected)) {
            return null;
        }
        OutputSelection selection =
                outputs == null || outputs.isEmpty() ? OutputSelection.DEFAULT : new OutputSelection(outputs);
        return new InferenceRequest(id, key, tensor, selection);
    }

    private boolean readBody() {
        if (!json.take('{')) {
            return false;
        }
        do {
            int field = json.field(FIELDS);
            if (field == JsonCursor.UNKNOWN || (seen & 1 << field) != 0 || !readField(field)) {
                return false;
            }
            seen |= 1 << field;
        } while (json.take(','));
        return json.take('}') && json.isAtEnd();
    }

    private boolean readField(int field) {
        return switch (field) {
            case 0 -> json.take('[') && input.read() && json.take(']');
            case 1 -> (id = json.string()) != null;
            case 2 -> json.take('{') && (json.take('}') || readParameters());
            default -> json.take('[') && readOutputs();
        };
    }

    private boolean readParameters() {
        do {
            String name = json.string();
            if (name == null || name.length() > LONGEST_NAME || !json.take(':') || !readParameter(name)) {
                return false;
            }
        } while (json.take(','));
        return json.take('}');
    }

    private boolean readParameter(String name) {
        return name.equals("key") ? (key = json.string()) != null : json.skipScalar();
    }

    private boolean readOutputs() {
        Set<Output> names = EnumSet.noneOf(Output.class);
        outputs = names;
        if (json.take(']')) {
            return true;
        }
        do {
            int name = json.take('{') && json.field(OUTPUT_FIELDS) == 0 ? json.word(OUTPUTS) : JsonCursor.UNKNOWN;
            if (name == JsonCursor.UNKNOWN || !json.take('}')) {
                return false;
            }
            names.add(OUTPUT[name]);
        } while (json.take(','));
        return json.take(']');
    }
}
