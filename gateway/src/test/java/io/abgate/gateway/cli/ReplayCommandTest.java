package io.abgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.gateway.cli.FakeGateway.Reply;
import io.abgate.gateway.client.Json;
import io.abgate.gateway.client.Server;
import io.abgate.registry.domain.Example;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayCommandTest {
    private static final String INFER = "POST /v2/models/next-word/infer";
    private static final String FEEDBACK = "POST /v2/models/next-word/feedback";

    private final AtomicInteger predictions = new AtomicInteger();
    private FakeGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new FakeGateway();
        gateway.on(
                "GET /v2/models/next-word", 200, "{'inputs':[{'name':'context','datatype':'BYTES','shape':[-1,-1]}]}");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void playsRowsInOrderAndPostsEveryLabelLater() {
        gateway.on(INFER, this::predict).on(FEEDBACK, ReplayCommandTest::acceptAll);

        FakeGateway.Run run =
                gateway.run("replay", "next-word", "--rate", "1000", "--label-delay", "2", "--limit", "5");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("""
                        next-word: 5 predictions, accuracy 0.200, 0 failed, 5 labels accepted

                        VERSION  PREDICTIONS  RIGHT  ACCURACY
                              2            2      0     0.000
                             10            3      1     0.333
                        """);
        assertThat(gateway.requests().get(1))
                .endsWith("\"shape\":[1,2],\"data\":[\"the\",\"cat\"]}]}")
                .startsWith(INFER);
        assertThat(labels()).containsExactly("p1=sat", "p2=ran", "p3=mat", "p4=cat", "p5=big");
        assertThat(gateway.requests().subList(0, 4)).noneMatch(request -> request.startsWith(FEEDBACK));
    }

    @Test
    void goesOnWhenSomePredictionsFailAndSaysSo() {
        gateway.on(INFER, 503, "{'error':'overloaded'}")
                .on(INFER, this::predict)
                .on(FEEDBACK, ReplayCommandTest::acceptAll);

        FakeGateway.Run run = gateway.run("replay", "next-word", "--rate", "1000", "--limit", "3");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith("next-word: 2 predictions, accuracy 0.500, 1 failed, 2 labels accepted\n");
    }

    @Test
    void keepsLabelsThatCannotBeStoredNowAndTriesAgain() {
        gateway.on(INFER, this::predict)
                .on(FEEDBACK, 503, "{'error':'no registry'}")
                .on(FEEDBACK, ReplayCommandTest::acceptAll);

        FakeGateway.Run run = gateway.run("replay", "next-word", "--rate", "1000", "--limit", "1");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("1 labels accepted\n");
        assertThat(labels()).containsExactly("p1=sat", "p1=sat");
    }

    @Test
    void tellsOfLabelsThatWereRefused() {
        gateway.on(INFER, this::predict)
                .on(FEEDBACK, 200, "{'accepted':0,'rejected':[{'index':0,'reason':'truth: sat (expected: a label)'}]}");

        FakeGateway.Run run = gateway.run("replay", "next-word", "--rate", "1000", "--limit", "1");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("trouble with labels: truth: sat (expected: a label)\n");
    }

    @Test
    void printsTheScoreAsJson() {
        gateway.on(INFER, this::predict).on(FEEDBACK, ReplayCommandTest::acceptAll);

        FakeGateway.Run run = gateway.run("replay", "next-word", "--rate", "1000", "--limit", "1", "--json");

        assertThat(run.out())
                .isEqualTo("{\"predictions\":1,\"right\":0,\"accuracy\":0.0,\"failed\":0,\"labelsAccepted\":1,"
                        + "\"trouble\":\"\",\"versions\":{\"10\":{\"predictions\":1,\"right\":0,\"accuracy\":0.0}}}\n");
    }

    @Test
    void keepsThePace() {
        gateway.on(INFER, this::predict).on(FEEDBACK, ReplayCommandTest::acceptAll);
        long startNanos = System.nanoTime();

        gateway.run("replay", "next-word", "--rate", "20", "--limit", "5");

        assertThat(System.nanoTime() - startNanos).isGreaterThan(4 * 1_000_000_000L / 20);
    }

    @Test
    void refusesWhatItCannotPlay() {
        assertThat(gateway.run("replay", "letters", "--rate", "1"))
                .isEqualTo(new FakeGateway.Run(1, "", "MODEL: letters (expected: one of digits, mail, next-word)\n"));
        assertThat(gateway.run("replay", "next-word", "--rate", "0").err())
                .isEqualTo("--rate: 0.0 (expected: a number above 0) (see: abgate replay --help)\n");
        assertThat(gateway.run("replay", "next-word", "--rate", "1", "--config", "nowhere.yaml")
                        .err())
                .isEqualTo("nowhere.yaml: no such file (expected: a YAML file)\n");
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void endsWhenAskedToAndPostsTheLabelsThatAreLeft() throws InterruptedException {
        gateway.on(INFER, this::predict).on(FEEDBACK, ReplayCommandTest::acceptAll);
        Server data = Gateway.of(Map.of("ABGATE_DATA_URL", gateway.url())).data();
        LabelPost labels = new LabelPost(data, "next-word");
        Replay replay = new Replay(data, "next-word", labels, new Pace(1000), 10);
        List<Example> rows = Collections.nCopies(100, new Example("[\"the\"]", "mat"));

        ReplayScore score = replay.run(rows, so -> {
            if (so.all().rows() == 3) {
                replay.stop();
            }
        });

        assertThat(score.all()).isEqualTo(new ReplayScore.Count(3, 3));
        assertThat(labels.accepted()).isEqualTo(3);
    }

    /** Always says "mat", in turn as version 10 and 2. */
    private Reply predict(Reply asked) {
        int number = predictions.incrementAndGet();
        String version = number % 2 == 1 ? "10" : "2";
        return new Reply(
                200,
                ("{'model_version':'" + version + "','parameters':{'route':'champion'},'outputs':["
                                + "{'name':'label','data':['mat']},{'name':'confidence','data':[0.9]},"
                                + "{'name':'prediction_id','data':['p" + number + "']}]}")
                        .replace('\'', '"'));
    }

    private static Reply acceptAll(Reply asked) {
        int count = Json.parse(asked.body()).orElseThrow().path("feedback").size();
        return new Reply(200, "{\"accepted\":" + count + ",\"rejected\":[]}");
    }

    private List<String> labels() {
        List<String> labels = new ArrayList<>();
        for (String request : gateway.requests()) {
            if (request.startsWith(FEEDBACK)) {
                JsonNode body =
                        Json.parse(request.substring(FEEDBACK.length() + 1)).orElseThrow();
                body.path("feedback")
                        .forEach(label -> labels.add(label.path("prediction_id").asText() + "="
                                + label.path("truth").asText()));
            }
        }
        return labels;
    }
}
