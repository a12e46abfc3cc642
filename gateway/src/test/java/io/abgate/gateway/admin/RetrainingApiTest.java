package io.abgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.gateway.launcher.RunningNode;
import io.abgate.gateway.launcher.SmallNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings ordered over HTTP of a whole node: what is refused, what goes on meanwhile, what stays as it was. */
class RetrainingApiTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String MODEL = "/api/v1/models/next-word";
    private static final String SAMPLE = "{\"input\":[\"the\"],\"truth\":\"cat\"}";
    private static final String ODD_SAMPLES =
            "{\"input\":[\"the\"],\"truth\":\"elephant\"},{\"input\":[],\"truth\":\"cat\"}";
    private static final String QUESTION =
            "{\"inputs\":[{\"name\":\"context\",\"datatype\":\"BYTES\",\"shape\":[1,1],\"data\":[\"the\"]}]}";

    @TempDir
    private static Path home;

    private static RunningNode node;

    @BeforeAll
    static void start() throws InterruptedException {
        node = SmallNode.start(home);
        await().atMost(Duration.ofSeconds(30)).until(() -> model().getBoolean("settled"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static JsonObject model() throws IOException, InterruptedException {
        return get(MODEL);
    }

    private static JsonObject get(String path) throws IOException, InterruptedException {
        return new JsonObject(
                send(HttpRequest.newBuilder(URI.create(node.adminUrl() + path))).body());
    }

    private static HttpResponse<String> post(String url, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> order(String body) throws IOException, InterruptedException {
        return post(node.adminUrl() + MODEL + "/retrain", body);
    }

    private static JsonObject ended(String order) throws IOException, InterruptedException {
        HttpResponse<String> accepted = order(order);
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return ended(new JsonObject(accepted.body()).getInteger("id"));
    }

    private static JsonObject ended(int job) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> get("/api/v1/jobs/" + job), seen -> !List.of("QUEUED", "RUNNING")
                        .contains(seen.getString("state")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"epochs\":0}               | epochs: 0 (expected: 1 to 100000)",
                "{\"epochs\":-1}              | epochs: -1 (expected: 1 to 100000)",
                "{\"epochs\":1.5}             | epochs: 1.5 (expected: a whole number)",
                "{\"learningRate\":0}         | learningRate: 0.0 (expected: a finite number above 0)",
                "{\"learningRate\":-1}        | learningRate: -1.0 (expected: a finite number above 0)",
                "{\"learningRate\":\"NaN\"}   | learningRate: \"NaN\" (expected: a number)",
                "{\"learningRate\":1e999}     | learningRate: Infinity (expected: a finite number above 0)",
                "{\"samples\":[]}             | samples: 0 (expected: 1 to 100000)",
                "{\"samples\":[null]}          | samples[0]: null (expected: ",
                "{\"samples\":[{\"input\":null,\"truth\":\"cat\"}]} | samples[0]: ",
                "{\"samples\":[{\"input\":[\"the\"],\"truth\":\"elephant\"}]} | samples: 0 usable of 1 (expected: at"
                        + " least 1; samples[0] has a truth that is no label)",
                "{\"samples\":[{\"input\":[\"\"],\"truth\":\"cat\"}]} | samples: 0 usable of 1 (expected: at least 1;"
                        + " samples[0] has an empty input)",
                "{\"samples\":[{\"input\":\"the cat\",\"truth\":\"cat\"}]} | samples: 0 usable of 1 (expected: at"
                        + " least 1; samples[0] has an input that does not fit)"
            })
    void refusesWhatNoTrainingCanBeMadeOf(String body, String words) throws IOException, InterruptedException {
        HttpResponse<String> refusal = order(body);
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(refusal.body()).getString("detail")).startsWith(words);
    }

    @Test
    void refusesANumberThatIsNotJson() throws IOException, InterruptedException {
        assertThat(order("{\"learningRate\":NaN}").statusCode()).isEqualTo(400);
    }

    @Test
    void tellsWhyARateThatIsFarTooHighMadeNothing() throws IOException, InterruptedException {
        JsonObject job = ended("{\"learningRate\":1e6,\"rollout\":false}");
        assertThat(job.getString("state")).isEqualTo("REJECTED");
        assertThat(job.getString("says"))
                .startsWith("loss of epoch ")
                .contains("too high in 3 passes in a row")
                .endsWith("a lower learning rate may help)");
        assertThat(job.getInteger("epoch")).isLessThan(job.getInteger("epochs"));
        assertThat(job.getJsonArray("losses")).hasSize(job.getInteger("epoch"));
        assertThat(job.getInteger("version")).isNull();
    }

    @Test
    void countsByReasonWhatItCouldNotUse() throws IOException, InterruptedException {
        JsonObject job = ended("{\"epochs\":2,\"rollout\":false,\"samples\":[" + ODD_SAMPLES + "," + SAMPLE + "]}");
        assertThat(job.getInteger("usedRows")).isEqualTo(1);
        assertThat(job.getInteger("droppedRows")).isEqualTo(2);
        assertThat(job.getJsonObject("dropped"))
                .isEqualTo(new JsonObject()
                        .put("unknownTruth", 1)
                        .put("emptyInput", 1)
                        .put("unfitInput", 0));
    }

    @Test
    void answersFromTheSameBitsWhileACopyIsTrained() throws IOException, InterruptedException {
        String artifact = get(MODEL + "/versions/1/artifact").encode();
        JsonObject before = answer();
        int job = new JsonObject(order("{\"epochs\":100000,\"learningRate\":0.001,\"rollout\":false,\"samples\":"
                                + everyWord() + "}")
                        .body())
                .getInteger("id");
        JsonObject running = await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> get("/api/v1/jobs/" + job), seen -> seen.getValue("etaSeconds") != null);
        int during = 0;
        while (get("/api/v1/jobs/" + job).getString("state").equals("RUNNING")) {
            assertThat(answer()).isEqualTo(before);
            during++;
        }
        assertThat(during).isPositive();
        assertThat(running.getDouble("etaSeconds")).isPositive();
        assertThat(running.getString("startedAt")).isNotNull();
        JsonObject end = ended(job);
        assertThat(end.getInteger("epoch")).isEqualTo(100_000);
        JsonArray losses = end.getJsonArray("losses");
        assertThat(losses).hasSizeBetween(99, 200);
        assertThat(losses.getJsonObject(losses.size() - 1).getInteger("epoch")).isEqualTo(100_000);
        assertThat(answer()).isEqualTo(before);
        assertThat(get(MODEL + "/versions/1/artifact").encode()).isEqualTo(artifact);
        assertThat(get(MODEL + "/versions/" + end.getInteger("version") + "/artifact")
                        .encode())
                .isNotEqualTo(artifact);
    }

    /** Equal inputs would be trained as one. */
    private static JsonArray everyWord() {
        JsonArray samples = new JsonArray();
        for (String word : "the cat dog sat ran on in mat park house big small red blue".split(" ", -1)) {
            samples.add(new JsonObject().put("input", List.of(word)).put("truth", "cat"));
        }
        return samples;
    }

    /** What version 1 says of one input, to the last digit. */
    private static JsonObject answer() throws IOException, InterruptedException {
        HttpResponse<String> answer = post(
                node.dataUrl() + "/v2/models/next-word/infer",
                QUESTION.replace("]}]}", "]}],\"outputs\":[{\"name\":\"probabilities\"}]}"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonObject body = new JsonObject(answer.body());
        assertThat(body.getString("model_version")).isEqualTo("1");
        return new JsonObject().put("outputs", body.getJsonArray("outputs"));
    }
}
