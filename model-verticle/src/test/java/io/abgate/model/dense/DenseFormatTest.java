package io.abgate.model.dense;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.abgate.model.Model;
import io.abgate.model.ModelFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseFormatTest {
    private static final String CANONICAL = "{\"format\":\"abgate/dense-v1\",\"labels\":[\"ham\",\"spam\"],"
            + "\"encoder\":{\"kind\":\"numeric\",\"size\":2,\"scale\":0.0625},\"layers\":["
            + "{\"activation\":\"tanh\",\"weights\":[[2.0E-3,1.0E23,-0.0],[4.9E-324,9007199254740993,0.1]],"
            + "\"bias\":[1,2.2250738585072014E-308,0.30000000000000004]},"
            + "{\"activation\":\"softmax\",\"weights\":[[1,2],[3,4],[5,6]],\"bias\":[0.5,-0.5]}]}";

    private static Model read(String artifact) {
        return ModelFormats.installed().read(artifact.getBytes(UTF_8));
    }

    @Test
    void printsCanonicallyWithTheSameShaOnEveryJdk() {
        Model model = read(" " + CANONICAL.replace(":", " : "));

        assertThat(new String(model.artifact(), UTF_8))
                .isEqualTo(CANONICAL
                        .replace("2.0E-3", "0.002")
                        .replace("9007199254740993", "9.007199254740992E15")
                        .replace("\"bias\":[1,", "\"bias\":[1.0,")
                        .replace("[[1,2],[3,4],[5,6]]", "[[1.0,2.0],[3.0,4.0],[5.0,6.0]]"));
        assertThat(model.sha256()).isEqualTo("793338f70036be1655709449bda18ff163ad2c484c434c197471f6d78bf6297c");
    }

    @Test
    void readsItsOwnPrintingBackToTheBit() {
        DenseModel model = Blueprint.parse("""
                        {"format":"abgate/dense-v1","labels":["a","b","c"],"hidden":[5,4],
                         "encoder":{"kind":"hashed-words","size":32,"hash":"xxh64"},
                         "initialisation":{"kind":"he-normal"}}""").model(3);

        Model again = read(new String(model.artifact(), UTF_8));

        assertThat(again.sha256()).isEqualTo(model.sha256());
        assertThat(again.artifact()).isEqualTo(model.artifact());
        assertThat(again.input()).isEqualTo(model.input());
        assertThat(again.labels()).isEqualTo(model.labels());
    }

    @Test
    void refusesWhatIsOfNoFormat() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("{\"format\":\"onnx\"}"))
                .withMessage("artifact: unknown format (expected: one of [abgate/dense-v1])");
        assertThatIllegalArgumentException().isThrownBy(() -> read("no JSON"));
        assertThatIllegalArgumentException().isThrownBy(() -> read("[]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"tanh\" | \"tanh\",\"x\":1 | artifact.layers[0].x",
                "\"tanh\" | \"swish\" | artifact.layers[0].activation",
                "\"tanh\" | 1 | artifact.layers[0].activation",
                "\"softmax\" | \"relu\" | last activation: RELU (expected: softmax)",
                "\"bias\":[0.5,-0.5] | \"bias\":[0.5] | layers[1].weights[0]: 2 numbers (expected: 1)",
                "\"bias\":[0.5,-0.5] | \"bias\":[0.5,null] | artifact.layers[1].bias[1]",
                "\"bias\":[0.5,-0.5] | \"bias\":null | artifact.layers[1].bias",
                ",\"bias\":[0.5,-0.5] | `` | artifact.layers[1].bias",
                "0.30000000000000004 | 1e999 | layers[0]: a number that is not finite",
                "0.30000000000000004 | \"NaN\" | layers[0]: a number that is not finite",
                "0.30000000000000004 | NaN | artifact",
                "0.30000000000000004 | \"3\" | artifact.layers[0].bias[2]",
                ",[5,6] | `` | layers[1].weights: 2 inputs (expected: 3, the outputs of the layer before)",
                "\"size\":2 | \"size\":3 | layers[0].weights: 2 inputs (expected: 3, the size of the encoder)",
                "\"size\":2 | \"size\":2.5 | artifact.encoder.size",
                "\"size\":2 | \"size\":-1 | encoder.size: -1 (expected: 1 to 10000000)",
                "0.0625 | 0 | encoder.scale: 0.0 (expected: a finite number other than 0)",
                "numeric | image | artifact.encoder",
                "\"spam\" | \"ham\" | labels: a repeated one (expected: none twice)",
                "\"spam\" | 7 | artifact.labels[1]",
                "\"spam\" | null | artifact.labels",
                ",\"spam\" | `` | labels: 1 (expected: 2, the outputs)",
                "[\"ham\",\"spam\"] | [] | labels: 0 of them (expected: 1 to 100000)",
                "]}]} | ]}]} {} | artifact",
                "{\"format\" | {\"labels\":[],\"format\" | artifact",
            })
    void refusesWhatIsNotSound(String replaced, String by, String message) {
        String artifact = CANONICAL.replace(replaced, by);

        assertThat(artifact).isNotEqualTo(CANONICAL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(artifact))
                .withMessageStartingWith(message)
                .withMessageNotContaining("io.abgate")
                .withMessageContaining("(expected: ");
    }

    @Test
    void refusesTooManyLayers() {
        String layer = "{\"activation\":\"softmax\",\"weights\":[[1]],\"bias\":[0]}";
        String layers = (layer + ",").repeat(16) + layer;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("{\"format\":\"abgate/dense-v1\",\"labels\":[\"a\"],"
                        + "\"encoder\":{\"kind\":\"numeric\",\"size\":1,\"scale\":1},\"layers\":[" + layers + "]}"))
                .withMessage("layers: 17 (expected: 1 to 16)");
    }
}
