package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that cannot be written. */
class ReportFilesTest {
    private static final String TRAFFIC = "--rate 100 --duration 300ms --warm-up 0s ";

    @TempDir
    Path folder;

    @Test
    void refusesBeforeTheRunToWriteWhereNothingCanBeWritten() {
        assumeTrue(Files.isDirectory(Path.of("/proc")));
        LoadTestRun run = LoadTestRun.of(folder, List.of("--model", "mail", "--hdr", "/proc/none.hdr"));
        assertThat(run.err()).contains("--hdr: /proc/none.hdr (expected: a file that can be written)");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void leavesNoFileBehindWhenThereIsNoRun() {
        String url = "http://127.0.0.1:" + FreePorts.take(1).get(0);
        LoadTestRun run = LoadTestRun.of(folder, List.of("--model", "mail", "--url", url));
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(folder.resolve("report.json")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"errors<1%, 3", "rate>100000, 1"})
    void judgesThresholdsThoughTheReportCannotBeWritten(String threshold, int exitCode) throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        Path report = Files.createSymbolicLink(folder.resolve("full.json"), full);
        try (PlantedServer server = new PlantedServer().version("1", 0, row -> false)) {
            LoadTestRun run =
                    LoadTestRun.of(server, folder, 10, TRAFFIC + "--threshold " + threshold + " --report " + report);
            assertThat(run.err()).contains("the report cannot be written: ");
            assertThat(run.exitCode()).as(run.out()).isEqualTo(run.out().contains("could not keep up") ? 4 : exitCode);
        }
    }
}
