package io.abgate.loadtest;

import static io.abgate.loadtest.Refusals.error;
import static io.abgate.loadtest.Refusals.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever an application or an operator sends that cannot be done is refused with a reason, and hurts nobody. */
class BadRequestTest {
    private static final String UNKNOWN_ID = "A".repeat(88);

    private static Serving serving;

    @BeforeAll
    static void start(@TempDir Path home) {
        serving = Serving.start(home).awaitSettled();
    }

    @AfterAll
    static void end() {
        serving.close();
    }

    @AfterEach
    void servesOn() throws IOException {
        assertThat(GatewayClient.send(serving.client().inferMail("hello")).statusCode())
                .isEqualTo(200);
        assertThat(serving.process().err()).doesNotContain("\tat ", "Exception", "a bug met");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    digits    | {"inputs":[{"name":"pixels","datatype":"FP32","shape":[1,3],"data":[1,2,3]}]}
                    digits    | {"inputs":[{"name":"pixels","datatype":"FP32","shape":[2,64],"data":[1,2,3]}]}
                    digits    | {"inputs":[{"name":"pixels","datatype":"BYTES","shape":[1,1],"data":["seven"]}]}
                    digits    | {"inputs":[{"name":"pixels","datatype":"FP99","shape":[1,1],"data":[1]}]}
                    digits    | {"inputs":[{"name":"pixels","datatype":"FP32","shape":[1,1],"data":[NaN]}]}
                    digits    | {"inputs":[{"name":"pixels","datatype":"FP32","shape":[1,1],"data":["NaN"]}]}
                    digits    | {"inputs":[{"name":"pixels","datatype":"FP32","shape":[0,64],"data":[]}]}
                    mail      | {"inputs":[{"name":"text","datatype":"FP32","shape":[1,1],"data":[1]}]}
                    mail      | {"inputs":[{"name":"texts","datatype":"BYTES","shape":[1,1],"data":["hello"]}]}
                    mail      | {"inputs":[{"name":"text","datatype":"BYTES","shape":[0,1],"data":[]}]}
                    mail      | {"inputs":[]}
                    mail      | {"inputs":[{"name":"text","datatype":"BYTES","shape":[1,1],"data":["hello"
                    mail      | hello
                    mail      | []
                    next-word | {"inputs":[{"name":"context","datatype":"BYTES","shape":[2,2],"data":["the"]}]}
                    """)
    void refusesAnInputThatTheModelCannotTake(String model, String body) throws IOException {
        assertThat(error(400, serving.client().data("/v2/models/" + model + "/infer"), body))
                .isNotBlank();
    }

    @Test
    void refusesANumberThatIsNotFiniteEvenWhereItFits() throws IOException {
        String pixels = "1e999," + "0,".repeat(62) + "0";
        String body =
                "{\"inputs\":[{\"name\":\"pixels\",\"datatype\":\"FP64\",\"shape\":[1,64],\"data\":[" + pixels + "]}]}";
        assertThat(error(400, serving.client().data("/v2/models/digits/infer"), body))
                .contains("finite");
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/models/weather/infer",
        "/v2/models/mail/versions/99/infer",
        "/v2/models/mail/versions/one/infer",
        "/v2/models/weather/feedback",
        "/v3"
    })
    void doesNotKnowWhatIsNotThere(String path) throws IOException {
        String mail =
                GatewayClient.inputs("text", "BYTES", List.of(List.of("hello"))).toString();
        String feedback = "{\"prediction_id\":\"" + UNKNOWN_ID + "\",\"truth\":\"ham\"}";
        assertThat(error(404, serving.client().data(path), path.endsWith("feedback") ? feedback : mail))
                .isNotBlank();
    }

    @Test
    void refusesMoreThanAMegabyte() throws IOException {
        String body = GatewayClient.inputs("text", "BYTES", List.of(List.of("x".repeat(1 << 20))))
                .toString();
        assertThat(error(413, serving.client().data("/v2/models/mail/infer"), body))
                .contains("1048576");
    }

    @Test
    void doesNotKnowAPredictionThatItNeverMade() throws IOException {
        String alone = "{\"prediction_id\":\"" + UNKNOWN_ID + "\",\"truth\":\"ham\"}";
        assertThat(error(404, serving.client().data("/v2/models/mail/feedback"), alone))
                .contains("prediction_id");
    }

    @Test
    void takesTheSoundItemsOfAListAndRejectsTheOthers() {
        JsonNode answer = GatewayClient.good(serving.client().inferMail("hello"));
        String known = GatewayClient.output(answer, "prediction_id").path(0).asText();
        JsonNode result =
                serving.client().feedback("mail", List.of(UNKNOWN_ID, known, known), List.of("ham", "ham", "soup"));
        assertThat(result.path("accepted").asInt()).isEqualTo(1);
        assertThat(result.path("rejected").findValuesAsText("index")).containsExactly("0", "2");
        assertThat(result.path("rejected").findValuesAsText("reason")).noneMatch(String::isBlank);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    404 | POST | /models/weather/promote | {"version":1}
                    404 | GET  | /models/weather         |
                    404 | GET  | /models/mail/versions/9 |
                    404 | GET  | /jobs/99                |
                    404 | GET  | /nowhere                |
                    400 | GET  | /jobs/first             |
                    400 | POST | /models/mail/promote    | {"version":"one"}
                    400 | POST | /models/mail/promote    | {"versoin":1}
                    400 | POST | /models/mail/promote    | {"version":
                    400 | POST | /models/mail/versions   | {"format":"abgate/dense-v1"}
                    400 | POST | /models/mail/retrain    | {"epochs":0}
                    400 | PUT  | /models/mail/routing    | {"mode":"magic"}
                    409 | POST | /models/mail/promote    | {"version":1,"to":"canary"}
                    409 | POST | /models/mail/rollback   | {}
                    409 | POST | /models/mail/abort      | {}
                    """)
    void refusesAnOperatorsWishWithAProblem(int status, String method, String path, String body) throws IOException {
        problem(
                status,
                serving.client()
                        .admin(path)
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    @Test
    void neverPromotesARejectedVersion() throws IOException {
        JsonNode job = serving.client()
                .post(
                        "/models/next-word/retrain",
                        GatewayClient.json(
                                "{\"epochs\":50,\"learningRate\":5,\"samples\":[{\"input\":[\"the\"],\"truth\":\"z\"}]}"));
        JsonNode ended = serving.awaitJob(job.path("id").asLong());
        assertThat(ended.path("state").asText()).isEqualTo("REJECTED");
        for (String to : List.of("shadow", "canary", "champion")) {
            JsonNode wish = GatewayClient.object()
                    .put("version", ended.path("version").asInt())
                    .put("to", to)
                    .put("force", true);
            String said = problem(
                    409, serving.client().admin("/models/next-word/promote").POST(GatewayClient.body(wish)));
            assertThat(said).contains("REJECTED");
        }
    }

    @ParameterizedTest
    @CsvSource({"Host: evil.example", "Host: evil.example:8081", "Origin: http://evil.example", "Origin: null"})
    void refusesWhatAPageOfAnotherSiteSends(String header) throws IOException {
        String[] parts = header.split(": ", 2);
        problem(403, serving.client().admin("/models").header(parts[0], parts[1]));
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"})
    void refusesAWriteThatIsNoJson(String type) throws IOException {
        HttpRequest.Builder pause = serving.client().admin("/models/mail/pause").setHeader("Content-Type", type);
        problem(415, pause.POST(BodyPublishers.ofString("{}")));
        assertThat(serving.client().model("mail").path("paused").asBoolean()).isFalse();
    }
}
