package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to labels that say nothing of them. */
class LabelAnswersTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"taken", "[]", "{\"accepted\":\"all\"}", "{\"accepted\":null}", ""})
    void countsLabelsAsFailedThatNoAnswerSpeaksOf(String answer) {
        try (PlantedServer server =
                new PlantedServer().version("1", 0, row -> false).sayingOfLabels(answer)) {
            LoadTestRun run = LoadTestRun.of(
                    server,
                    folder,
                    10,
                    "--rate 100 --duration 300ms --warm-up 0s --feedback-share 100% --feedback-delay 1ms");
            JsonNode feedback = run.report().path("feedback");
            assertThat(feedback.path("failed").asInt()).as(run.err()).isEqualTo(30);
            assertThat(feedback.path("accepted").asInt()).isZero();
        }
    }
}
