package io.abgate.gateway.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.TensorSpec;
import java.util.Arrays;
import java.util.List;

/** Holds the reader of common requests to the full one: both give the same, or only the full one gives anything. */
final class Readers {
    static final List<TensorSpec> MODELS = List.of(
            new TensorSpec("text", Datatype.BYTES, List.of(-1L, 1L)),
            new TensorSpec("text", Datatype.BYTES, List.of(-1L, -1L)),
            new TensorSpec("text", Datatype.FP64, List.of(-1L, 2L)),
            new TensorSpec("na?ve \"text\"", Datatype.FP32, List.of(-1L, -1L)));

    private Readers() {}

    /** What came of reading: values that equal those of another reading, or the refusal. */
    private static List<Object> outcome(InferenceRequest request) {
        Tensor input = request.input();
        long[] bits = Arrays.stream(input.numbers())
                .mapToLong(Double::doubleToRawLongBits)
                .toArray();
        return Arrays.asList(
                request.id(),
                request.key(),
                request.outputs(),
                input.name(),
                input.datatype(),
                input.shape(),
                Arrays.toString(bits),
                List.of(input.strings()));
    }

    private static List<Object> outcome(byte[] body, TensorSpec model) {
        try {
            return outcome(RequestReader.readAny(body, null, model));
        } catch (IllegalArgumentException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** Whether it was a common request; fails when the two differ. */
    static boolean agree(byte[] body, TensorSpec model) {
        InferenceRequest common = CommonRequest.read(body, model);
        if (common == null) {
            return false;
        }
        assertThat(outcome(common)).as(new String(body, UTF_8)).isEqualTo(outcome(body, model));
        return true;
    }

    static void agreeForEveryModel(byte[] body) {
        MODELS.forEach(model -> agree(body, model));
    }

    static byte[] request(String data) {
        return request("BYTES", "[1,1]", data);
    }

    static byte[] request(String datatype, String shape, String data) {
        return bytes("{\"inputs\":[{\"name\":\"text\",\"datatype\":\"" + datatype + "\",\"shape\":" + shape
                + ",\"data\":" + data + "}]}");
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
