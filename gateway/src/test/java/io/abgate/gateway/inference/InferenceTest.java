package io.abgate.gateway.inference;

import static io.abgate.gateway.DataListener.output;
import static io.abgate.gateway.DataListener.textBody;
import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class InferenceTest {
    private static final String INFER = "/v2/models/mail/infer";

    private DataListener listener;

    @BeforeEach
    void open(Vertx vertx) {
        listener = new DataListener(vertx, Models.mail(), Models.digits(), Models.nextWord())
                .route(table(7, version(1, Stage.CHAMPION, 1)))
                .route(table("digits", 8, RoutingMode.SPLIT, version(1, Stage.CHAMPION, 1)))
                .route(table("next-word", 9, RoutingMode.SPLIT, version(1, Stage.CHAMPION, 1)))
                .host("mail", 1, FakeModel.ofText("sha1"))
                .host("digits", 1, FakeModel.ofNumbers("sha1"))
                .host("next-word", 1, FakeModel.always("sha1", 1));
    }

    @Test
    void answersEveryRow() {
        HttpResponse<String> response = listener.post(INFER, textBody("spam spam", "hello"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        JsonObject answer = new JsonObject(response.body());
        assertThat(answer.getString("model_name")).isEqualTo("mail");
        assertThat(answer.getValue("model_version")).isEqualTo("1");
        assertThat(answer.containsKey("id")).isFalse();
        assertThat(names(answer)).containsExactly("label", "confidence", "prediction_id");
        assertThat(output(answer, "label")).isEqualTo(List.of("spam", "ham"));
        assertThat(output(answer, "confidence")).isEqualTo(List.of(0.9, 0.75));
    }

    @Test
    void saysWhy() {
        JsonObject answer = listener.infer("hello");
        JsonObject parameters = answer.getJsonObject("parameters");
        assertThat(parameters.getString("route")).isEqualTo("champion");
        assertThat(parameters.getLong("route_epoch")).isEqualTo(7);
        assertThat(output(answer, "prediction_id")).isEqualTo(List.of(parameters.getString("prediction_id")));
    }

    @Test
    void signsWhatTheAnswerSays() {
        long before = System.currentTimeMillis();
        PredictionId id = listener.id(listener.infer("spam"));
        assertThat(id.modelId()).isEqualTo(Models.MAIL_ID);
        assertThat(id.assigned()).isEqualTo(1);
        assertThat(id.answered()).isEqualTo(1);
        assertThat(id.value()).isEqualTo(1);
        assertThat(id.confidence()).isEqualTo(0.9f);
        assertThat(id.epoch()).isEqualTo(7);
        assertThat(id.flags()).isZero();
        assertThat(id.timeMillis()).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void givesTenRowsTenDistinctIds() {
        JsonObject answer = listener.infer("a", "a", "a", "a", "a", "a", "a", "a", "a", "a");
        String joined = answer.getJsonObject("parameters").getString("prediction_id");
        assertThat(joined.split(","))
                .hasSize(10)
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(output(answer, "prediction_id").stream()
                        .map(String.class::cast)
                        .toList());
        assertThat(joined.split(","))
                .allMatch(token -> listener.tokens.verify(token).id().isPresent());
    }

    @Test
    void echoesTheId() {
        String body = "{\"id\":\"forty-two\"," + textBody("hello").substring(1);
        assertThat(new JsonObject(listener.post(INFER, body).body()).getString("id"))
                .isEqualTo("forty-two");
    }

    @Test
    void givesOnlyTheOutputsAskedForButAlwaysThePredictionId() {
        JsonObject answer = ask("\"outputs\":[{\"name\":\"probabilities\"},{\"name\":\"label\"}]");
        assertThat(names(answer)).containsExactly("label", "probabilities");
        assertThat(output(answer, "probabilities")).isEqualTo(List.of(0.1, 0.9));
        assertThat(answer.getJsonArray("outputs").getJsonObject(1).getJsonArray("shape"))
                .isEqualTo(new JsonArray().add(1).add(2));
        assertThat(listener.id(answer).answered()).isEqualTo(1);
    }

    @Test
    void ignoresUnknownFieldsAndParameters() {
        assertThat(names(ask("\"priority\":{\"a\":[1]},\"parameters\":{\"sequence_id\":1,\"x\":{\"y\":[]}}")))
                .contains("label");
    }

    @Test
    void takesNullForAbsentAsSomeClientsWriteIt() {
        assertThat(names(ask("\"id\":null,\"parameters\":null,\"outputs\":null")))
                .containsExactly("label", "confidence", "prediction_id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"shape\":[2,1],\"data\":[\"spam\",\"x\"]",
                "\"shape\":[2],\"data\":[\"spam\",\"x\"]",
                "\"shape\":[2,1],\"data\":[[\"spam\"],[\"x\"]]",
                "\"shape\":[2],\"data\":[[\"spam\"],[\"x\"]]",
                "\"data\":[\"spam\",\"x\"],\"shape\":[2,1]",
            })
    void takesTextNestedOrFlat(String input) {
        JsonObject answer = inferWith("mail", "\"name\":\"text\",\"datatype\":\"BYTES\"," + input);
        assertThat(output(answer, "label")).isEqualTo(List.of("spam", "ham"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"FP32", "FP64", "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64", "BOOL"
            })
    void takesEveryKindOfNumber(String datatype) {
        String input = "\"name\":\"pixels\",\"shape\":[2,3],\"datatype\":\"" + datatype + "\"";
        JsonObject flat = inferWith("digits", input + ",\"data\":[0,1,1,0,0,0]");
        assertThat(output(flat, "label")).isEqualTo(List.of("spam", "ham"));
        JsonObject nested = inferWith("digits", input + ",\"data\":[[0,1,1],[0,0,0]]");
        assertThat(output(nested, "label")).isEqualTo(List.of("spam", "ham"));
    }

    @Test
    void takesTruthsForBool() {
        JsonObject answer = inferWith(
                "digits", "\"name\":\"pixels\",\"shape\":[1,3],\"datatype\":\"BOOL\",\"data\":[true,false,true]");
        assertThat(output(answer, "label")).isEqualTo(List.of("spam"));
    }

    @Test
    void takesContextsOfAnyWidth() {
        JsonObject answer = inferWith(
                "next-word",
                "\"name\":\"context\",\"shape\":[2,3],\"datatype\":\"BYTES\","
                        + "\"data\":[[\"\",\"the\",\"cat\"],[\"a\",\"b\",\"c\"]]");
        assertThat(output(answer, "label")).hasSize(2);
    }

    @Test
    void inflatesGzip() throws IOException {
        byte[] body = gzip(textBody("spam").getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> response = listener.post(INFER, body, "Content-Encoding", "gzip");
        assertThat(output(new JsonObject(response.body()), "label")).isEqualTo(List.of("spam"));
    }

    @Test
    void takesWhatTritonsClientSends() throws IOException {
        JsonObject answer = replay("triton-bytes", "mail");
        assertThat(output(answer, "label")).isEqualTo(List.of("spam", "ham"));
        assertThat(answer.getString("id")).isEqualTo("7");

        assertThat(output(replay("triton-bytes-gzip", "mail"), "label")).isEqualTo(List.of("spam", "ham"));
        assertThat(names(replay("triton-bytes-outputs", "mail"))).containsExactly("label", "probabilities");
        assertThat(output(replay("triton-fp32", "digits"), "label")).isEqualTo(List.of("spam", "spam"));
    }

    @Test
    void countsWhatItAnswers() {
        listener.infer("a", "b");
        listener.infer("c");
        assertThat(listener.meters
                        .get("abgate.predictions")
                        .tags("model", "mail", "version", "1", "route", "champion")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(listener.meters.get("abgate.prediction.latency").timer().count())
                .isEqualTo(2);
    }

    private JsonObject ask(String fields) {
        String body = textBody("spam");
        return new JsonObject(
                listener.post(INFER, "{" + fields + "," + body.substring(1)).body());
    }

    private JsonObject inferWith(String model, String input) {
        HttpResponse<String> response =
                listener.post("/v2/models/" + model + "/infer", "{\"inputs\":[{" + input + "}]}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonObject(response.body());
    }

    /** Sends a recorded body with the recorded headers that matter. */
    private JsonObject replay(String fixture, String model) throws IOException {
        String head = new String(resource(fixture + ".headers"), StandardCharsets.US_ASCII);
        String[] headers = head.lines()
                .filter(line -> line.startsWith("Inference-Header") || line.startsWith("Content-Encoding"))
                .flatMap(line -> List.of(line.split(": ", 2)).stream())
                .toArray(String[]::new);
        return new JsonObject(listener.post("/v2/models/" + model + "/infer", resource(fixture + ".bin"), headers)
                .body());
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = InferenceTest.class.getResourceAsStream("/fixtures/" + name)) {
            return Optional.ofNullable(in).orElseThrow().readAllBytes();
        }
    }

    private static List<String> names(JsonObject answer) {
        return answer.getJsonArray("outputs").stream()
                .map(output -> ((JsonObject) output).getString("name"))
                .toList();
    }

    static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(body);
        }
        return zipped.toByteArray();
    }
}
