package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions whose differences are known, because a test planted them. */
@Tag("alone")
class ComparisonScenarioTest {
    @TempDir
    Path folder;

    @Test
    void findsTwoMillisecondsAndThreePointsAndCallsTheEqualEquivalent() {
        try (PlantedServer server = new PlantedServer()
                .version("3", 4, row -> row % 10 == 0)
                .version("4", 6, row -> row % 10 == 0 || row % 33 == 1)
                .version("5", 4, row -> row % 10 == 0)) {
            String html = folder.resolve("report.html").toString();
            LoadTestRun run = LoadTestRun.valid(() -> LoadTestRun.of(
                    server,
                    folder,
                    900,
                    "--rate 900 --duration 3s --warm-up 1s --compare 3,4,5 --latency-margin 1ms --report " + html));
            assertThat(run.verdict("4", "p50")).as(run.out()).isEqualTo("worse");
            assertThat(run.comparison("4", "p50").path("difference").asDouble()).isBetween(1.2, 3.0);
            assertThat(run.verdict("4", "accuracy")).as(run.out()).isEqualTo("worse");
            assertThat(run.comparison("4", "accuracy").path("difference").asDouble())
                    .isBetween(-0.035, -0.025);
            assertThat(run.verdict("5", "p50")).as(run.out()).isEqualTo("equivalent");
            assertThat(run.verdict("5", "accuracy")).as(run.out()).isEqualTo("equivalent");
            assertThat(run.verdict("5", "errors")).as(run.out()).isEqualTo("equivalent");
            assertThat(run.verdict("5", "p99")).as(run.out()).isIn("equivalent", "undecided");
            assertThat(run.exitCode()).as(run.out()).isEqualTo(run.unlessSaturated(1));
            assertThat(run.count("answered")).isEqualTo(2700);
            assertThat(run.report().path("comparison").path("accuracyUnits").asInt())
                    .isEqualTo(900);
            assertThat(run.report()
                            .path("comparison")
                            .path("sampleRatio")
                            .path("counted")
                            .toString())
                    .isEqualTo("[900,900,900]");
            HtmlPage.assertSound(LoadTestRun.read(Path.of(html)));
        }
    }

    @Test
    void isUndecidedWhenThereIsTooLittle() {
        try (PlantedServer server =
                new PlantedServer().version("1", 4, row -> row % 10 == 0).version("2", 4, row -> row % 10 == 1)) {
            LoadTestRun run =
                    LoadTestRun.of(server, folder, 1000, "--rate 120 --duration 500ms --warm-up 200ms --compare 1,2");
            assertThat(run.verdict("2", "p95")).isEqualTo("undecided");
            assertThat(run.verdict("2", "p99")).isEqualTo("undecided");
            assertThat(run.verdict("2", "accuracy")).isEqualTo("undecided");
            assertThat(run.exitCode()).as(run.out()).isEqualTo(run.unlessSaturated(run.isWorse() ? 1 : 0));
        }
    }

    @Test
    void seesThatRepeatsOfAFewRowsProveNothingOfOtherRows() {
        try (PlantedServer server =
                new PlantedServer().version("1", 0, row -> row == 0).version("2", 0, row -> row == 1)) {
            LoadTestRun run =
                    LoadTestRun.of(server, folder, 12, "--rate 1200 --duration 500ms --warm-up 200ms --compare 1,2");
            assertThat(run.verdict("2", "accuracy")).isEqualTo("undecided");
            assertThat(run.report().path("comparison").path("accuracyUnits").asInt())
                    .isEqualTo(12);
        }
    }

    @Test
    void findsAVersionThatFails() {
        try (PlantedServer server =
                new PlantedServer().version("1", 0, row -> false).version("2", 0, row -> false)) {
            // fails only after it was asked whether it is there at all
            LoadTestRun run = LoadTestRun.of(
                    server.refusingAfter(3, 2), folder, 500, "--rate 800 --duration 1s --warm-up 0s --compare 1,2");
            assertThat(run.verdict("2", "errors")).as(run.out()).isEqualTo("worse");
            assertThat(run.comparison("2", "errors").path("candidate").asDouble())
                    .isEqualTo(0.5);
            assertThat(run.count("refused")).isEqualTo(200);
            assertThat(run.report().at("/comparison/sampleRatio/counted").toString())
                    .isEqualTo("[400,400]");
            assertThat(run.exitCode()).as(run.out()).isEqualTo(run.unlessSaturated(1));
        }
    }

    @Test
    void comparesWhatTheGatewaySplits() {
        Random random = new Random(6);
        try (PlantedServer server = new PlantedServer()
                .version("1", 4, row -> row % 10 == 0)
                .version("2", 20, row -> row % 5 == 0)
                .choosing((number, key) -> random.nextDouble() < 0.7 ? "1" : "2")) {
            LoadTestRun sound = LoadTestRun.valid(() -> split(server, "0.7,0.3", "1500ms"));
            assertThat(sound.verdict("2", "p50")).as(sound.out()).isEqualTo("worse");
            assertThat(sound.verdict("2", "accuracy")).as(sound.out()).isEqualTo("worse");
            assertThat(sound.exitCode()).as(sound.out()).isEqualTo(sound.unlessSaturated(1));
            assertThat(sound.out()).doesNotContain("MISMATCH");
            LoadTestRun unsound = split(server, "0.5,0.5", "500ms");
            assertThat(unsound.out())
                    .contains("SAMPLE RATIO MISMATCH")
                    .contains("WARNING not valid, exit code 4: the versions did not get their --shares; give those that"
                            + " `abgate status MODEL` shows");
            assertThat(unsound.exitCode()).isEqualTo(4);
        }
    }

    private LoadTestRun split(PlantedServer server, String shares, String duration) {
        return LoadTestRun.of(
                server,
                folder,
                2000,
                "--rate 700 --warm-up 500ms --compare 1,2 --by split --arrivals poisson --duration " + duration
                        + " --shares " + shares);
    }
}
