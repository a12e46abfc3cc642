package io.abgate.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.registry.domain.Guardrails;
import io.abgate.registry.domain.TrafficSettings;
import io.abgate.registry.domain.TriggerActions;
import io.abgate.registry.domain.TriggerActions.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficReaderTest {
    @TempDir
    private Path folder;

    private String mail;

    @BeforeEach
    void copy() throws IOException {
        mail = PackedTreeTest.text("models/mail.yaml");
        Files.createDirectory(folder.resolve("models"));
        Files.createFile(folder.resolve("abgate.yaml"));
    }

    /** What is read of mail's settings with one text in them replaced. */
    private TrafficSettings with(String right, String wrong) throws IOException {
        String changed = mail.replaceFirst(right, wrong);
        assertThat(changed).isNotEqualTo(mail);
        mail = changed;
        Files.writeString(folder.resolve("models/mail.yaml"), mail);
        return Configuration.load(folder.resolve("abgate.yaml"), Map.of(), List.of())
                .models()
                .get(0)
                .rollout()
                .traffic();
    }

    @Test
    void takesTheUsualWhereNothingIsSaid() throws IOException {
        with("deadlineMillis: 250", "deadlineMillis: 90");
        assertThat(with("(?ms)^  guardrails:.*?^  trafficSeconds:.*?\n", ""))
                .isEqualTo(new TrafficSettings(5, new Guardrails(0.01, 0.05, 45), TriggerActions.DEFAULT));
    }

    @Test
    void switchesGuardrailsOff() throws IOException {
        Guardrails noErrors = with("errors: 0.01", "errors: 0").guardrails();
        assertThat(noErrors).isEqualTo(new Guardrails(0, 0.05, 125));
        assertThat(noErrors.budgetLeft()).isEqualTo(0.9);
        assertThat(with("(?ms)^  guardrails:.*?^  actions:", "  guardrails: none\n  actions:")
                        .guardrails())
                .isEqualTo(Guardrails.NONE);
        assertThat(Guardrails.NONE.budgetLeft()).isEqualTo(1);
        assertThatThrownBy(() -> with("guardrails: none", "guardrails: some"))
                .hasMessageEndingWith("rollout.guardrails: some (expected: a mapping, or none)");
    }

    @Test
    void mapsActions() throws IOException {
        with("latency: hold", "latency: rollback");
        with("accuracy: rollback", "accuracy: warn");
        assertThat(with("    errors: rollback\n", "").actions())
                .isEqualTo(new TriggerActions(Action.WARN, Action.ROLLBACK, Action.ROLLBACK));
    }
}
