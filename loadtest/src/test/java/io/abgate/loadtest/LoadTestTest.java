package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadTestTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rate|0|--rate: 0.0 (expected: above 0",
                "--duration|3|(expected: a duration such as 30s",
                "--duration|0s|--duration: 0",
                "--compare|3|--compare: 3 (expected: at least two versions",
                "--compare|3,3|--compare: 3,3 (expected: at least two versions",
                "--shares|0.5,0.5|--shares: [0.5, 0.5] (expected: one above 0 for each version, with --by split)",
                "--threshold|p99<20|p99<20 (expected: such as 'p99<20ms'",
                "--threshold|p99<6s|--threshold: p99<6s (expected: no longer than --timeout",
                "--threshold|1:errors<1%|--threshold: 1:errors<1% (expected: a version of --compare --by replay",
                "--threshold|1:missed<1%|--threshold: 1:missed<1% (expected: a version of --compare --by replay",
                "--threshold|1:accuracy>0.9|--threshold: 1:accuracy>0.9 (expected: a version of --compare --by replay",
                "--report|a.txt|--report: a.txt (expected: .html or .json)",
                "--report|/no/such/folder/a.html|(expected: a file in a folder that is there)",
                "--hdr|/no/such/folder/a.hdr|--hdr: /no/such/folder/a.hdr (expected: a file in a folder that is there)",
                "--keys|many|many (expected: none, request, or a number of keys)",
                "--feedback-share|2|2 (expected: a share such as 0.1 or 10%)",
                "--feedback-delay|5s..1s|5s..1s (expected: a time such as 2s, or two such as 1s..5s)",
                "--feedback-delay|1s..2s..3s|1s..2s..3s (expected: a time such as 2s, or two such as 1s..5s)",
                "--feedback-delay|abc|abc (expected: a duration such as 30s",
                "--latency-margin|abc|abc (expected: a duration such as 30s",
                "--latency-margin|200%|200% (expected: a share such as 0.1 or 10%)",
                "--url|gateway:8080|--url: gateway:8080 (expected: http://HOST:PORT)",
                "--speed|1|Unknown option"
            })
    void refusesAWrongCall(String option, String value, String message) {
        LoadTestRun run = LoadTestRun.of(folder, List.of("--model", "mail", option, value));
        assertThat(run.err()).contains(message).contains("--help").hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void saysWhyNothingIsMeasured() {
        int nobody = FreePorts.take(1).get(0);
        String url = "http://127.0.0.1:" + nobody;
        assertNotRun(LoadTestRun.of(folder, List.of("--model", "mail", "--url", url)), "no gateway at " + url);
        try (PlantedServer server = new PlantedServer().version("1", 0, row -> false)) {
            assertNotRun(LoadTestRun.of(folder, List.of("--model", "else", "--url", server.url())), "no such model");
            assertNotRun(LoadTestRun.of(folder, List.of("--model", "planted", "--url", server.url())), "--data: none");
            assertNotRun(LoadTestRun.of(server, folder, 5, "--compare 1,2"), "version 2 is not served");
            assertNotRun(LoadTestRun.of(server, folder, 0, ""), "no rows");
            assertNotRun(
                    LoadTestRun.of(server, folder, 5, "--arrivals poisson --rate 0.001 --duration 10ms --warm-up 0s"),
                    "no request was due");
        }
    }

    @Test
    void refusesToPinWhereTheGatewayDoesNot() {
        try (PlantedServer server =
                new PlantedServer().version("1", 0, row -> false).routing("2", "1")) {
            assertNotRun(LoadTestRun.of(server, folder, 5, "--compare 1,2"), "version 2: answered by 1 (expected:");
        }
    }

    private static void assertNotRun(LoadTestRun run, String message) {
        assertThat(run.err()).contains(message).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(3);
    }

    @Test
    void reportsTruthsLaterForAShareOfThePredictions() {
        try (PlantedServer server = new PlantedServer().version("1", 0, row -> row == 3)) {
            LoadTestRun run = LoadTestRun.of(
                    server,
                    folder,
                    10,
                    "--rate 400 --duration 1s --warm-up 500ms --feedback-share 50% --feedback-delay 300ms..600ms --keys 7");
            JsonNode feedback = run.report().path("feedback");
            assertThat(feedback.path("sent").asInt()).isBetween(150, 250);
            assertThat(feedback.path("accepted")).isEqualTo(feedback.path("sent"));
            assertThat(server.labels()).hasSize(feedback.path("sent").asInt());
            assertThat(server.labels())
                    .allMatch(label -> label.nanos() >= server.answeredAt(Integer.parseInt(label.id())) + 290_000_000L);
            assertThat(server.labels()).extracting(PlantedServer.Label::truth).containsOnly("odd", "even");
            assertThat(run.report().path("all").path("accuracy").asDouble()).isEqualTo(0.9);
            assertThat(server.keys())
                    .isSubsetOf(
                            "loadtest-0",
                            "loadtest-1",
                            "loadtest-2",
                            "loadtest-3",
                            "loadtest-4",
                            "loadtest-5",
                            "loadtest-6");
            assertThat(new HashSet<>(server.keys())).hasSize(7);
        }
    }

    @Test
    void endsWithNothingWrong() {
        try (PlantedServer server = new PlantedServer().version("1", 0, row -> false)) {
            LoadTestRun run = LoadTestRun.of(
                    server,
                    folder,
                    10,
                    "--rate 100 --duration 500ms --warm-up 500ms --keys request --threshold accuracy>=1 --threshold errors<=0 --threshold 1:p50<1s");
            assertThat(run.exitCode()).as(run.out()).isEqualTo(run.unlessSaturated(0));
            assertThat(run.report().path("seconds").asDouble()).isEqualTo(0.5);
            assertThat(run.out())
                    .contains("kept    accuracy>=1", "kept    1:p50<1s")
                    .doesNotContain("MISSED");
            assertThat(run.count("answered")).isEqualTo(50);
            assertThat(new HashSet<>(server.keys()).size()).isGreaterThanOrEqualTo(50);
            assertThat(run.report().path("versions").path(0).path("name").asText())
                    .isEqualTo("1");
        }
    }

    @Test
    void bindsFailuresToAVersionOnlyWhereRequestsNameIt() {
        try (PlantedServer server = new PlantedServer()
                .version("1", 0, row -> false)
                .version("2", 0, row -> false)
                .choosing((number, key) -> number % 2 == 0 ? "1" : "2")) {
            String traffic = "--rate 200 --duration 500ms --warm-up 0s --threshold 2:errors<1% --compare 1,2 --by ";
            LoadTestRun split = LoadTestRun.of(server, folder, 10, traffic + "split");
            assertThat(split.err()).contains("--threshold: 2:errors<1% (expected:");
            assertThat(split.exitCode()).isEqualTo(2);
            LoadTestRun replay = LoadTestRun.of(server, folder, 10, traffic + "replay");
            assertThat(replay.out()).contains("kept    2:errors<1%: 0.00 %");
        }
    }

    @Test
    void measuresNothingOfAVersionThatTheGatewayNeverChose() {
        try (PlantedServer server = new PlantedServer().version("1", 0, row -> false)) {
            LoadTestRun run = LoadTestRun.of(
                    server, folder, 10, "--rate 200 --duration 500ms --warm-up 0s --compare 1,7 --by split");
            assertNotRun(run, "--compare: version 7 answered no request");
            assertThat(run.out()).contains("100 answered"); // what was measured is shown all the same
        }
    }

    @Test
    void showsNoErrorsOfVersionsThatTheGatewayChose() {
        try (PlantedServer server = new PlantedServer()
                .version("2", 0, row -> false)
                .choosing((number, key) -> "2")
                .refusingAfter(1, 4)) {
            LoadTestRun run =
                    LoadTestRun.of(server, folder, 10, "--rate 200 --duration 500ms --warm-up 0s --threshold 2:p99<1s");
            JsonNode version = run.report().path("versions").path(0);
            assertThat(version.path("name").asText()).isEqualTo("2");
            assertThat(version.path("errors").isNull()).isTrue();
            assertThat(run.report().path("all").path("errors").asDouble()).isEqualTo(0.25);
            assertThat(run.out()).contains("MISSED  2:p99<1s: –"); // a quarter of the requests may have been its own
            assertThat(run.exitCode()).isEqualTo(run.unlessSaturated(1));
        }
    }

    @Test
    void saysOnCtrlCWhatItMeasured() throws Exception {
        try (PlantedServer server = new PlantedServer().version("1", 0, row -> false)) {
            LoadTestRun.of(server, folder, 10, "--rate 10 --duration 100ms --warm-up 0s"); // writes rows
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()));
            command.addAll(List.of(
                    "--url",
                    server.url(),
                    "--model",
                    "planted",
                    "--rate",
                    "100",
                    "--duration",
                    "10m",
                    "--warm-up",
                    "0s",
                    "--feedback-share",
                    "1",
                    "--feedback-delay",
                    "5m",
                    "--data",
                    folder.resolve("rows.csv").toString()));
            Path out = folder.resolve("out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            try {
                int before = server.asked();
                await().until(() -> server.asked() > before + 30);
                process.destroy(); // SIGTERM: Ctrl-C ends in the same hook, but may be ignored where tests run
                assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
                assertThat(LoadTestRun.read(out)).contains("(stopped early)", "VERSION", "0 sent");
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
