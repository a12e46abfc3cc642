package io.abgate.gateway.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, the reader of common requests and the full one give the same, or only the full one gives anything. */
class ReadersAgreeTest {
    private static final List<TensorSpec> MODELS = List.of(
            new TensorSpec("text", Datatype.BYTES, List.of(-1L, 1L)),
            new TensorSpec("text", Datatype.BYTES, List.of(-1L, -1L)),
            new TensorSpec("text", Datatype.FP64, List.of(-1L, 2L)),
            new TensorSpec("na?ve \"text\"", Datatype.FP32, List.of(-1L, -1L)));

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
    private static boolean agree(byte[] body, TensorSpec model) {
        InferenceRequest common = CommonRequest.read(body, model);
        if (common == null) {
            return false;
        }
        assertThat(outcome(common)).as(new String(body, UTF_8)).isEqualTo(outcome(body, model));
        return true;
    }

    private static void agreeForEveryModel(byte[] body) {
        MODELS.forEach(model -> agree(body, model));
    }

    private static byte[] request(String data) {
        return request("BYTES", "[1,1]", data);
    }

    private static byte[] request(String datatype, String shape, String data) {
        return bytes("{\"inputs\":[{\"name\":\"text\",\"datatype\":\"" + datatype + "\",\"shape\":" + shape
                + ",\"data\":" + data + "}]}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

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

    static Stream<String> oddData() {
        return Stream.of(
                "[\"\\u0041\"]",
                "[\"\\ud83d\\ude00\"]",
                "[\"\\ud83d\"]",
                "[\"\\ude00\\ud83d\"]",
                "[\"\\x\"]",
                "[\"\\",
                "[\"\\\"",
                "[\"tab\there\"]",
                "[\"1]\t\"]",
                "[\"1,2\\u0041\",3]",
                "[\"nul\\u0000\"]",
                "[\"nul\u0000\"]",
                "[\"\uFFFD\"]",
                "[\"a\",]",
                "[,\"a\"]",
                "[\"a\" \"b\"]",
                "[[\"a\"],]",
                "[[\"a\"],[\"b\",\"c\"]]",
                "[[\"a\"],\"b\"]",
                "[\"a\",[\"b\"]]",
                "[[[\"a\"]]]",
                "[[]]",
                "[]",
                "[[[[[[[[[[1]]]]]]]]]]",
                "[",
                "[\"a\"",
                "[\"a",
                "null",
                "[null]",
                "\"a\"",
                "{}",
                "[{}]",
                "[true,false]",
                "[1,\"a\"]",
                "[\"a\",1]",
                "[-0,1]",
                "[-0.0,-0e1]",
                "[01,1]",
                "[1.,1]",
                "[.5,1]",
                "[+1,1]",
                "[1e,1]",
                "[1e+,1]",
                "[1e999,1]",
                "[-1e999,1]",
                "[1e-999,1]",
                "[NaN,1]",
                "[Infinity,1]",
                "[1x,2]",
                "[0x10,1]",
                "[1 2]",
                "[--1,1]",
                "[- 1,1]",
                "[-,1]",
                "[12345678901234567890,1]",
                "[1234567890123456789,1]",
                "[0.1234567890123456789,1]",
                "[1e0000000000000000000001,2]",
                "[1\u00A0,2]",
                "[1,2] ",
                "[1,2]]",
                "[1.7976931348623157e308,1.7976931348623159e308]",
                "[3.4028235e38,3.5e38]",
                "[1.5,2]",
                "[255,256]",
                "[1/*c*/,2]",
                "[1,2]//c",
                "['a']",
                "[\"a\"]\u0000",
                "[\"a\"]é");
    }

    @ParameterizedTest
    @MethodSource("oddData")
    void agreeOnOddData(String data) {
        for (String shape : List.of("[1,1]", "[1]", "[2,1]", "[1,2]", "[2]", "[1,1,1]", "[0]", "[]")) {
            for (String datatype : List.of("BYTES", "FP64", "FP32", "UINT8", "INT64", "BOOL")) {
                agreeForEveryModel(request(datatype, shape, data));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1.0,1]",
                "[1e0,1]",
                "[-1,1]",
                "[1,1",
                "[1,]",
                "[1048576,1048577]",
                "[1048576,1048576]",
                "[99999999999999999999]",
                "[01]",
                "[\"1\"]",
                "[null]",
                "[1,1,1,1,1,1,1,1,1]",
                "1",
                "{}",
                "[[1]]",
                "[true]",
                "[-0,1]",
                "[1,-0]"
            })
    void agreeOnOddShapes(String shape) {
        agreeForEveryModel(request("BYTES", shape, "[\"a\"]"));
        agreeForEveryModel(request("FP64", shape, "[1,2]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}",
                "{}{}",
                "[]",
                "null",
                "\uFEFF{INPUTS}",
                "{INPUTS}x",
                "{INPUTS}{",
                "{INPUTS}é",
                "{INPUTS,}",
                "{,INPUTS}",
                "{INPUTS,INPUTS}",
                "{\"inputs\":[],INPUTS}",
                "{\"inputs\":null,INPUTS}",
                "{INPUTS,\"id\":null}",
                "{INPUTS,\"id\":7}",
                "{INPUTS,\"id\":\"a\",\"id\":\"b\"}",
                "{INPUTS,\"more\":{\"a\":[1,{}]}}",
                "{INPUTS \"id\":\"a\"}",
                "{INPUTS,\"id\" \"a\"}",
                "{INPUTS,\"\\u0069d\":\"a\"}",
                "{INPUTS,\"id\":\"\\ud800\"}",
                "{INPUTS,\"parameters\":{\"key\":7}}",
                "{INPUTS,\"parameters\":{\"key\":null}}",
                "{INPUTS,\"parameters\":{\"key\":true}}",
                "{INPUTS,\"parameters\":{\"key\":[]}}",
                "{INPUTS,\"parameters\":{\"key\":\"a\",\"key\":\"b\"}}",
                "{INPUTS,\"parameters\":{\"k\\u0065y\":\"a\"}}",
                "{INPUTS,\"parameters\":{\"a\":[1]}}",
                "{INPUTS,\"parameters\":{\"a\":tru}}",
                "{INPUTS,\"parameters\":{\"a\":nan}}",
                "{INPUTS,\"parameters\":{\"a\":1,}}",
                "{INPUTS,\"parameters\":[]}",
                "{INPUTS,\"parameters\":{\"a\":truefalse}}",
                "{INPUTS,\"outputs\":[{\"name\":\"lable\"}]}",
                "{INPUTS,\"outputs\":[{}]}",
                "{INPUTS,\"outputs\":[{\"name\":\"label\",\"a\":1}]}",
                "{INPUTS,\"outputs\":[{\"name\":\"label\"},]}",
                "{INPUTS,\"outputs\":{}}",
                "{INPUTS,\"outputs\":[\"label\"]}",
                "{INPUTS,\"outputs\":[{\"name\":null}]}",
                "{INPUTS,\"outputs\":[{\"name\":\"label\",\"name\":\"confidence\"}]}"
            })
    void agreeOnOddBodies(String body) {
        String inputs = "\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[1,1],\"data\":[\"a\"]}]";
        agreeForEveryModel(bytes(body.replace("INPUTS", inputs)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"name\":\"txt\"",
                "\"name\":\"text\",\"name\":\"text\"",
                "\"name\":\"na?ve \\\"text\\\"\"",
                "\"name\":\"na?ve \"text\"\"",
                "\"name\":7",
                "\"name\":\"text\",\"datatype\":\"FP64\"",
                "\"name\":\"text\",\"more\":1",
                "\"name\":\"text\",\"parameters\":{\"binary_data_size\":1}",
                "\"name\":\"text\",\"parameters\":{}",
                "\"name\":\"tex\\u0074\""
            })
    void agreeOnOddInputs(String fields) {
        agreeForEveryModel(
                bytes("{\"inputs\":[{" + fields + ",\"datatype\":\"BYTES\",\"shape\":[1,1],\"data\":[\"a\"]}]}"));
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
