package io.abgate.gateway.inference;

import static io.abgate.gateway.inference.Readers.agreeForEveryModel;
import static io.abgate.gateway.inference.Readers.bytes;
import static io.abgate.gateway.inference.Readers.request;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The two readers of requests agree on JSON that is odd, of the wrong type, or none. */
class OddRequestsTest {
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
}
