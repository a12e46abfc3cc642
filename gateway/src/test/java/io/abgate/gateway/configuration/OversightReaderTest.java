package io.abgate.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Oversight;
import io.abgate.registry.domain.Oversight.Deciding;
import io.abgate.registry.domain.Oversight.Mode;
import io.abgate.registry.domain.Oversight.Threshold;
import io.abgate.registry.domain.Restraint.Approval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OversightReaderTest {
    @TempDir
    private Path folder;

    private String mail;

    @BeforeEach
    void copy() throws IOException {
        mail = PackedTreeTest.text("models/mail.yaml");
        Files.createDirectory(folder.resolve("models"));
        Files.createFile(folder.resolve("abgate.yaml"));
    }

    private Oversight read(String text) throws IOException {
        assertThat(text).isNotEqualTo(mail);
        Files.writeString(folder.resolve("models/mail.yaml"), text);
        return Configuration.load(folder.resolve("abgate.yaml"), Map.of(), List.of())
                .models()
                .get(0)
                .rollout()
                .oversight();
    }

    @Test
    void mapsEveryKey() throws IOException {
        String changed = mail.replace("mode: act ", "mode: dryRun ")
                .replace(
                        "approval: automatic       # or manual: a promotion",
                        "approval: manual # or manual: a promotion")
                .replace("decisions: sequential", "decisions: both")
                .replace("drop: 0.10, labels: 100", "drop: 0.2, labels: 50");
        assertThat(read(changed))
                .isEqualTo(new Oversight(Mode.DRY_RUN, Approval.MANUAL, Deciding.BOTH, new Threshold(.2, 50)));
    }

    @Test
    void takesTheUsualWhereNothingIsSaid() throws IOException {
        String silent =
                mail.replaceAll("(?m)^  (mode: act|decisions|threshold|approval: automatic .*a promotion).*\n", "");
        assertThat(silent).doesNotContain("mode: act", "decisions:", "threshold: {");
        assertThat(read(silent)).isEqualTo(Oversight.DEFAULT);
        assertThat(read(mail.replace("drop: 0.10, labels: 100", "labels: 7")).threshold())
                .isEqualTo(new Threshold(.10, 7));
    }
}
