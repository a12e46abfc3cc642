package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests without an answer, which must not make a gateway look fast. */
@Tag("alone")
class UnansweredTest {
    @TempDir
    Path folder;

    @Test
    void leavesAPercentileUnknownThatFallsAmongMissedArrivals() {
        try (PlantedServer server = new PlantedServer().version("1", 18, row -> false)) {
            LoadTestRun run = LoadTestRun.of(
                    server,
                    folder,
                    10,
                    "--rate 1000 --duration 1s --warm-up 500ms --max-in-flight 10 --threshold p99<20ms --threshold p10<1s"
                            + " --threshold max<4s --threshold mean<4s");
            assertThat(run.count("missed")).isGreaterThan(100);
            assertThat(run.millis("p99")).as(run.out()).isNaN();
            assertThat(run.out())
                    .contains("MISSED  p99<20ms: –", "kept    p10<1s", "MISSED  max<4s: –", "MISSED  mean<4s: –");
            assertThat(run.exitCode()).as(run.out()).isEqualTo(run.unlessSaturated(1));
        }
    }

    @Test
    void leavesAPercentileUnknownThatFallsAmongRefusedRequests() {
        try (PlantedServer server = new PlantedServer()
                .version("2", 0, row -> false)
                .refusingAfter(1, 4)
                .choosing((number, key) -> "2")) {
            LoadTestRun run = LoadTestRun.of(
                    server,
                    folder,
                    10,
                    "--rate 400 --duration 1s --warm-up 500ms --threshold p99<1s --threshold p70<1s --threshold p80<1s"
                            + " --report " + folder.resolve("report.html"));
            assertThat(run.out())
                    .containsPattern("all +400 .* –  +–  +2\\d\\.\\d\\d %"); // beside those that version 2 answered
            assertThat(LoadTestRun.read(folder.resolve("report.html")))
                    .contains("<td>all</td>")
                    .doesNotContain("NaN", "Infinity", "null");
            // every fourth, but for those at the edge of the warm-up, and those that a stalled sender could not send
            assertThat(run.count("refused")).isBetween(80L, 103L);
            assertThat(run.out()).contains("MISSED  p99<1s: –", "MISSED  p80<1s: –", "kept    p70<1s");
            assertThat(run.exitCode()).as(run.out()).isEqualTo(run.unlessSaturated(1));
        }
    }

    @Test
    void decidesNoPercentileOfASplitThatRequestsOfNobodyCouldTurn() {
        try (PlantedServer server = new PlantedServer()
                .version("1", 4, row -> false)
                .version("2", 60, row -> false)
                .refusingAfter(1, 5)
                .choosing((number, key) -> number % 2 == 0 ? "1" : "2")) {
            String html = folder.resolve("report.html").toString();
            LoadTestRun run = LoadTestRun.of(
                    server,
                    folder,
                    10,
                    "--rate 600 --duration 2s --warm-up 1s --compare 1,2 --by split --report " + html);
            assertThat(run.count("refused")).isBetween(80L, 123L);
            assertThat(run.verdict("2", "p95")).as(run.out()).isEqualTo("undecided");
            assertThat(run.verdict("2", "p99")).as(run.out()).isEqualTo("undecided");
            assertThat(run.out()).containsPattern("\\d+ requests failed or were answered by a stand-in");
            HtmlPage.assertSound(LoadTestRun.read(Path.of(html)));
        }
    }
}
