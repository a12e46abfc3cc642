package io.abgate.gateway.inference;

import static io.abgate.gateway.inference.Readers.MODELS;
import static io.abgate.gateway.inference.Readers.agree;
import static io.abgate.gateway.inference.Readers.agreeForEveryModel;
import static io.abgate.gateway.inference.Readers.bytes;
import static io.abgate.gateway.inference.Readers.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.TensorSpec;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, the two readers of requests agree; and what is common is read by the one that is made for it. */
class ReadersAgreeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"hello\"]",
                "[\"\"]",
                "[\"two\\nlines, a \\\"quote\\\" and a \\/ or \\\\\"]",
                "[\"naïve 漢字 😀\"]",
                "[\"naïve\\t漢字\"]",
                " [ \"hello\" ] ",
                "[[\"hello\"]]",
                "[\"DEL \u007F\"]"
            })
    void commonTextsAreReadAtOnce(String data) {
        assertThat(agree(request(data), MODELS.get(0))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1,2]",
                "[[1,2]]",
                "[0.1,-0.5]",
                "[-0.0,0.0]",
                "[1e5,1.5E-3]",
                "[0.30000000000000004,3.141592653589793]",
                "[123456789012345678,1e308]",
                "[4.9e-324,2.2250738585072011e-308]",
                "[9007199254740993,999999999999999]",
                "[0.000000000000001,99999999999999.9]",
                "[ 1 , 2 ]"
            })
    void commonNumbersAreReadAtOnce(String data) {
        assertThat(agree(request("FP64", "[1,2]", data), MODELS.get(2))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"7\",\"parameters\":{\"key\":\"alice\",\"binary_data_output\":false,\"n\":-1.5,\"s\":\"x\"},INPUTS}",
                "{\"parameters\":{},INPUTS,\"outputs\":[]}",
                "{INPUTS,\"outputs\":[{\"name\":\"label\"},{\"name\":\"probabilities\"},{\"name\":\"label\"}]}",
                "\t{ INPUTS , \"id\" : \"\" } \r\n"
            })
    void commonFieldsAreReadAtOnce(String body) {
        String inputs = "\"inputs\" : [ {\"data\":[\"a\"],\"shape\":[ 1 ],\"datatype\":\"BYTES\",\"name\":\"text\"} ]";
        assertThat(agree(bytes(body.replace("INPUTS", inputs)), MODELS.get(0))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1_000, 1_001, 49_999, 50_001, 200_000})
    void agreeOnLongNamesTextsAndNumbers(int length) {
        String inputs = "\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[1,1],\"data\":[\"TEXT\"]}]";
        String text = "a".repeat(length);
        agreeForEveryModel(bytes("{" + inputs + ",\"parameters\":{\"" + text + "\":1}}"));
        agreeForEveryModel(bytes("{" + inputs + ",\"parameters\":{\"key\":\"" + text + "\"}}"));
        agreeForEveryModel(bytes("{" + inputs + ",\"id\":\"" + text + "\"}"));
        agreeForEveryModel(bytes("{" + inputs.replace("TEXT", text) + "}"));
        agreeForEveryModel(request("FP64", "[1,1]", "[0." + "1".repeat(length) + "]"));
        agreeForEveryModel(request("FP64", "[1,1]", "[" + "1".repeat(length) + "]"));
    }

    @Test
    void agreeOnBytesThatAreNoText() {
        byte[] sound = request("[\"abcd\"]");
        int at = new String(sound, UTF_8).indexOf("abcd");
        int[][] unsound = {
            {0xC0, 0x80},
            {0xED, 0xA0, 0x80},
            {0xF5, 0x80, 0x80, 0x80},
            {0xFF},
            {0x80},
            {0xE2, 0x82},
            {0xF4, 0x90, 0x80, 0x80},
            {0xC1, 0xBF},
            {0xE0, 0x80, 0x80},
            {0xF0, 0x80, 0x80, 0x80},
            {0xF4, 0x8F, 0xBF, 0xBF},
            {0xEF, 0xBF, 0xBF}
        };
        for (int[] odd : unsound) {
            byte[] body = sound.clone();
            for (int i = 0; i < odd.length; i++) {
                body[at + i] = (byte) odd[i];
            }
            agreeForEveryModel(body);
        }
    }

    @Test
    void agreeWhereverABodyEndsAndWhateverByteChanges() {
        byte[] body = bytes(
                "{\"id\":\"7\",\"parameters\":{\"key\":\"é\\n\",\"b\":true},\"inputs\":[{\"name\":\"text\","
                        + "\"datatype\":\"FP64\",\"shape\":[2,2],\"data\":[[1,-2.5],[3e2,0.1]]}],\"outputs\":[{\"name\":\"label\"}]}");
        assertThat(agree(body, MODELS.get(2))).isTrue();
        for (int i = 0; i < body.length; i++) {
            agree(Arrays.copyOf(body, i), MODELS.get(2));
            for (int other = 0; other < 256; other++) {
                byte[] changed = body.clone();
                changed[i] = (byte) other;
                agree(changed, MODELS.get(2));
            }
        }
    }

    @Test
    void agreeOnRandomRequests() {
        Random random = new Random(20261127);
        int common = 0;
        for (int i = 0; i < 60_000; i++) {
            RandomRequest request = new RandomRequest(random);
            byte[] body = request.bytes();
            for (TensorSpec model : MODELS) {
                common += agree(body, model) ? 1 : 0;
            }
        }
        assertThat(common).isGreaterThan(10_000);
    }
}
