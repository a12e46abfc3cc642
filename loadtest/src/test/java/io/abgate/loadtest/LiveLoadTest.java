package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load test against a real process with two versions. */
class LiveLoadTest {
    private static final Path ROWS = Path.of("src", "test", "resources", "sides", "datasets", "sides.csv");

    @TempDir
    static Path home;

    @TempDir
    Path folder;

    private static Serving serving;

    @BeforeAll
    static void serve() {
        serving = Serving.start(home, Sides.and(List.of())).awaitSettled();
        GatewayClient client = serving.client();
        JsonNode job = GatewayClient.good(client.admin("/models/" + Sides.NAME + "/retrain")
                .POST(GatewayClient.body(GatewayClient.object().put("rollout", false))));
        assertThat(serving.awaitJob(job.path("id").asLong()).path("version").asInt())
                .isEqualTo(2);
        GatewayClient.good(client.admin("/models/" + Sides.NAME + "/promote")
                .POST(GatewayClient.body(GatewayClient.object()
                        .put("version", 2)
                        .put("to", "canary")
                        .put("share", 0.5)
                        .put("force", true)
                        .put("reason", "compared"))));
        serving.awaitSettled(Sides.NAME);
    }

    @AfterAll
    static void stop() {
        if (serving != null) {
            serving.close();
        }
    }

    @Test
    void replaysEveryRowToBothVersions() {
        LoadTestRun run = run("--compare 1,2");
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(run.unlessSaturated(run.isWorse() ? 1 : 0));
        assertThat(run.count("answered")).as(run.out()).isEqualTo(300);
        assertThat(run.report().path("versions").path(0).path("requests").asInt())
                .isEqualTo(150);
        assertThat(run.report().path("versions").path(1).path("requests").asInt())
                .isEqualTo(150);
        assertThat(run.comparison("2", "accuracy").path("candidate").asDouble()).isBetween(0.5, 1.0);
        assertThat(run.report().path("comparison").path("accuracyUnits").asInt())
                .isEqualTo(48);
    }

    @Test
    void comparesWhatTheLiveSplitGivesAndReportsTruths() {
        LoadTestRun run = run(
                "--compare 1,2 --by split --shares 0.5,0.5 --keys request --feedback-share 1 --feedback-delay 100ms");
        assertThat(run.count("answered")).as(run.out()).isEqualTo(300);
        assertThat(run.report()
                        .path("comparison")
                        .path("sampleRatio")
                        .path("sound")
                        .asBoolean())
                .as(run.out())
                .isTrue();
        assertThat(run.report().path("feedback").path("accepted").asInt()).isEqualTo(300);
        JsonNode versions = serving.client().model(Sides.NAME);
        assertThat(versions.path("labels").path("accepted").asInt())
                .as(versions.toString())
                .isEqualTo(300);
    }

    private LoadTestRun run(String more) {
        List<String> arguments =
                new ArrayList<>(List.of("--url", serving.client().dataUrl(), "--model", Sides.NAME));
        arguments.addAll(List.of("--data", ROWS.toString(), "--rate", "300", "--duration", "1s", "--warm-up", "1s"));
        arguments.addAll(List.of(more.split(" ", -1)));
        return LoadTestRun.of(folder, arguments);
    }
}
