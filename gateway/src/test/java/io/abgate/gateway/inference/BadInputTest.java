package io.abgate.gateway.inference;

import static io.abgate.gateway.DataListener.textBody;
import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class BadInputTest {
    private static final String MAIL = "/v2/models/mail/infer";
    private static final String HEADER = "Inference-Header-Content-Length";

    private DataListener listener;

    @BeforeEach
    void open(Vertx vertx) {
        listener = new DataListener(vertx, Models.mail(), Models.digits())
                .route(table(7, version(1, Stage.CHAMPION, 0.5), version(2, Stage.CANARY, 0.5)))
                .route(table("digits", 8, RoutingMode.SPLIT, version(1, Stage.CHAMPION, 1)))
                .host("mail", 1, FakeModel.refusing("sha1"))
                .host("mail", 2, FakeModel.refusing("sha2"))
                .host("digits", 1, FakeModel.ofNumbers("sha1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                         | body: nothing (expected: a JSON object)",
                "{                          | body: Unexpected end-of-input",
                "{}                         | inputs: 0 of them (expected: one input text, BYTES",
                "[]                         | body: an array (expected: a JSON object)",
                "nonsense                   | body: Unrecognized token 'nonsense'",
                "{} {}                      | body: more after its end (expected: one JSON object)",
                "{\"id\":7}                 | id: 7 (expected: a string)",
                "{\"inputs\":{}}            | inputs: an object (expected: an array)",
                "{\"inputs\":[7]}           | input: 7 (expected: a JSON object)",
                "{\"inputs\":[{}]}          | input: no name (expected: name, datatype, shape and data)",
                "{\"inputs\":[],\"outputs\":[{\"name\":\"lable\"}]} | output: lable (expected: label, confidence",
                "{\"parameters\":{\"key\":[]}} | key: an array (expected: a string or a number)",
            })
    void isRefusedWithWhatCameAndWhatWasExpected(String body, String message) {
        assertRefused(listener.post(MAIL, body), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "txt  | BYTES | [1,1] | [`a`]       | input: txt (expected: one input text, BYTES, of shape [-1, 1]",
                "text | BYTE  | [1,1] | [`a`]       | datatype: BYTE (expected: one of [BOOL, INT8",
                "text | FP32  | [1,1] | [1]         | datatype of text: FP32 (expected: one input text, BYTES",
                "text | BYTES | [0,1] | []          | shape of text: [0, 1] (expected: at least one row",
                "text | BYTES | [0]   | []          | shape of text: [0] (expected: at least one row",
                "text | BYTES | []    | [`a`]       | shape of text: [] (expected: one input text",
                "text | BYTES | [1,2] | [`a`,`b`]   | shape of text: [1, 2] (expected: one input text",
                "text | BYTES | [1,1,1] | [`a`]     | -",
                "text | BYTES | [-1,1] | [`a`]      | shape: [-1, 1] (expected: dimensions from 0",
                "text | BYTES | [1.5] | [`a`]       | shape: 1.5 (expected: a whole number)",
                "text | BYTES | [9999999999999999999999] | [`a`] | body: Numeric value",
                "text | BYTES | [1048576,1048576] | [`a`] | shape: [1048576, 1048576] (expected: at most 1048576 el",
                "text | BYTES | 1     | [`a`]       | shape: 1 (expected: an array)",
                "text | BYTES | [2,1] | [`a`]       | elements of text: 1 (expected: 2, as its shape [2, 1] says)",
                "text | BYTES | [1,1] | [1]         | data of text: numbers (expected: strings",
                "text | BYTES | [1,1] | [null]      | data: null (expected: strings, numbers, true or false)",
                "text | BYTES | [1,1] | [{}]        | data: an object (expected: strings",
                "text | BYTES | [1,1] | 7           | data: 7 (expected: an array)",
                "text | BYTES | [1,1] | [[[[[[[[[`a`]]]]]]]]] | data: an array too deep",
            })
    void refusesTextThatIsNotAsTheModelTakesIt(
            String name, String datatype, String shape, String data, String message) {
        HttpResponse<String> response = listener.post(MAIL, body(name, datatype, shape, data.replace('`', '"')));
        assertRefused(response, message.equals("-") ? "" : message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FP32  | [1,3] | [NaN,0,0]       | body: Non-standard token 'NaN' (expected: a JSON object)",
                "FP64  | [1,3] | [1e999,0,0]     | data: Infinity (expected: finite numbers)",
                "FP32  | [1,3] | [1e39,0,0]      | data of pixels: 1.0E39 (expected: FP32 from",
                "INT8  | [1,3] | [128,0,0]       | data of pixels: 128.0 (expected: INT8 from -128.0 to 127.0)",
                "UINT8 | [1,3] | [-1,0,0]        | data of pixels: -1.0 (expected: UINT8 from 0.0 to 255.0)",
                "INT32 | [1,3] | [0.5,0,0]       | data of pixels: 0.5 (expected: whole numbers",
                "BOOL  | [1,3] | [2,0,0]         | data of pixels: 2.0 (expected: BOOL from 0.0 to 1.0)",
                "FP32  | [1,3] | [true,0,0]      | data of pixels: true or false (expected: numbers",
                "FP32  | [1,3] | [\"1\",0,0]     | data of pixels: strings (expected: numbers",
                "BYTES | [1,3] | [\"1\",\"0\",\"0\"] | datatype of pixels: BYTES (expected: one input pixels",
                "FP32  | [1,2] | [1,0]           | shape of pixels: [1, 2] (expected: one input pixels",
                "FP32  | [3]   | [1,0,0]         | shape of pixels: [3] (expected: one input pixels",
                "FP32  | [2,3] | [[1,0,0],[1,0]] | data: arrays of 3 and 2 elements side by side",
                "FP32  | [2,3] | [[1,0],[1,0],[1,0]] | data: [3, 2] (expected: the shape [2, 3])",
                "FP32  | [1,3] | [[1,0,0],1]     | data: arrays and elements side by side",
                "FP32  | [1,3] | [1,[0,0]]       | data: arrays and elements side by side",
            })
    void refusesNumbersThatAreNotAsTheModelTakesThem(String datatype, String shape, String data, String message) {
        assertRefused(listener.post("/v2/models/digits/infer", body("pixels", datatype, shape, data)), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x    | 4 | 4 | Inference-Header-Content-Length: x (expected: 0 to the",
                "-1   | 4 | 4 | Inference-Header-Content-Length: -1 (expected: 0 to the",
                "9999 | 4 | 4 | Inference-Header-Content-Length: 9999 (expected: 0 to the",
                "0    | 4 | 4 | body: nothing (expected: a JSON object)",
                "ALL  | 5 | 4 | binary_data_size: 5 (expected: at most the 4 bytes that are left)",
                "ALL  | 3 | 3 | BYTES: 3 bytes left (expected: a length)",
                "ALL  | 8 | 9 | body: 1 bytes after the last tensor (expected: none)",
                "ALL  | 4 | 4 | elements of text: 1 (expected: 2",
                "ALL  | 5 | 5 | BYTES: an element of 1651663136 bytes (expected: at most the 1 bytes that are left)",
                "ALL  | -4 | 4 | binary_data_size: -4 (expected: a number from 0)",
            })
    void refusesBinaryTensorsThatDoNotAddUp(String header, int declared, int sent, String message) {
        String json = "{\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[2],"
                + "\"parameters\":{\"binary_data_size\":" + declared + "}}]}";
        byte[] tensor = sent == 5 ? new byte[] {' ', 'a', 'r', 'b', 'x'} : new byte[sent];
        byte[] body = new byte[json.length() + sent];
        System.arraycopy(json.getBytes(StandardCharsets.US_ASCII), 0, body, 0, json.length());
        System.arraycopy(tensor, 0, body, json.length(), sent);
        String jsonBytes = header.equals("ALL") ? Integer.toString(json.length()) : header;
        assertRefused(listener.post(MAIL, body, HEADER, jsonBytes), message);
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        String json = "{\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[1],"
                + "\"parameters\":{\"binary_data_size\":5}}]}";
        byte[] body = (json + "\1\0\0\0\377").getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(
                listener.post(MAIL, body, HEADER, Integer.toString(json.length())),
                "BYTES: other bytes (expected: UTF-8)");
    }

    @Test
    void refusesABinaryTensorWithNaN() {
        String json = "{\"inputs\":[{\"name\":\"pixels\",\"datatype\":\"FP32\",\"shape\":[1,3],"
                + "\"parameters\":{\"binary_data_size\":12}}]}";
        byte[] body = (json + "\0\0\300\177\0\0\0\0\0\0\0\0").getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(
                listener.post("/v2/models/digits/infer", body, HEADER, Integer.toString(json.length())),
                "data: NaN (expected: finite numbers)");
    }

    @Test
    void refusesBrokenGzip() throws IOException {
        byte[] zipped = InferenceTest.gzip(textBody("spam").getBytes(StandardCharsets.UTF_8));
        zipped[12] ^= 0x55;
        assertRefused(listener.post(MAIL, zipped, "Content-Encoding", "gzip"), "body: broken gzip (expected: gzip");
        assertRefused(listener.post(MAIL, "{}", "Content-Encoding", "gzip"), "body: broken gzip (expected: gzip");
    }

    @Test
    void isWhatTheModelItselfRefusesToo() {
        HttpResponse<String> response = listener.post(MAIL, textBody("a"));
        assertRefused(response, "text: too odd (expected: less odd)");
        assertThat(listener.meters.find("abgate.fallbacks").counters()).allMatch(counter -> counter.count() == 0);
    }

    private static String body(String name, String datatype, String shape, String data) {
        return "{\"inputs\":[{\"name\":\"" + name + "\",\"datatype\":\"" + datatype + "\",\"shape\":" + shape
                + ",\"data\":" + data + "}]}";
    }

    private static void assertRefused(HttpResponse<String> response, String message) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        JsonObject body = new JsonObject(response.body());
        assertThat(body.fieldNames()).containsExactly("error");
        assertThat(body.getString("error")).startsWith(message).doesNotContain("Exception", "\n");
    }
}
