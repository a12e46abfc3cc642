package io.abgate.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.AlertLimits;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Guardrails;
import io.abgate.registry.domain.Labelling;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.ModelSettings.Data;
import io.abgate.registry.domain.ModelSettings.Drop;
import io.abgate.registry.domain.ModelSettings.Gate;
import io.abgate.registry.domain.ModelSettings.Monitor;
import io.abgate.registry.domain.ModelSettings.Pinning;
import io.abgate.registry.domain.ModelSettings.Promotion;
import io.abgate.registry.domain.ModelSettings.Rollout;
import io.abgate.registry.domain.ModelSettings.Routing;
import io.abgate.registry.domain.ModelSettings.Rows;
import io.abgate.registry.domain.ModelSettings.Serving;
import io.abgate.registry.domain.ModelSettings.Start;
import io.abgate.registry.domain.ModelSettings.Training;
import io.abgate.registry.domain.Oversight;
import io.abgate.registry.domain.PromotionProof;
import io.abgate.registry.domain.PromotionProof.Step;
import io.abgate.registry.domain.Restraint;
import io.abgate.registry.domain.Restraint.Approval;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stopping;
import io.abgate.registry.domain.TensorSpec;
import io.abgate.registry.domain.TrafficSettings;
import io.abgate.registry.domain.TriggerActions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {
    @TempDir
    private Path folder;

    @Test
    void mapsEveryKeyOfMail() {
        ModelSettings mail = packed("mail");

        assertThat(mail)
                .isEqualTo(new ModelSettings(
                        "mail",
                        List.of("ham", "spam"),
                        new TensorSpec("text", Datatype.BYTES, List.of(-1L, 1L)),
                        "{\"format\":\"abgate/dense-v1\",\"labels\":[\"ham\",\"spam\"],\"encoder\":{\"kind\":"
                                + "\"hashed-words\",\"size\":1024,\"hash\":\"xxh64\"},\"hidden\":[16],"
                                + "\"initialisation\":{\"kind\":\"he-normal\"}}",
                        new Data(
                                "mail.jsonl.gz",
                                "text",
                                "label",
                                new Rows(0, 1500),
                                new Rows(0, 0),
                                new Rows(1500, 5663)),
                        new Training(
                                8,
                                0.3,
                                16,
                                Start.FRESH,
                                1,
                                250,
                                1000,
                                10,
                                10,
                                new Drop(100, 0.10, 0.05, 3),
                                Restraint.DEFAULT,
                                Stopping.DEFAULT),
                        new Gate(0.05, 0.10, 20),
                        new Rollout(
                                Promotion.EVIDENCE,
                                100,
                                0.05,
                                0.05,
                                new PromotionProof(0.05, 0.10, 50, 100, List.of(new Step(0.5, 60)), 0.25, 150),
                                Oversight.DEFAULT,
                                new TrafficSettings(5, new Guardrails(0.01, 0.05, 125), TriggerActions.DEFAULT)),
                        new Routing(RoutingMode.SPLIT, 0.05, 0.998),
                        new Serving(250, Pinning.HONOUR, 10_000),
                        new Labelling(30, 0, 0),
                        new Monitor(30, new AlertLimits(0.15, 0, 0.20, 0.20, 1.0, 2.0, 0.05), 0.10, 0.05, 3, 300),
                        mail.suites()));
        assertThat(mail.suites()).hasSize(8).allMatch(one -> one.suite().equals("properties"));
    }

    @Test
    void mapsWhatIsPeculiarToNextWord() {
        ModelSettings words = packed("next-word");

        assertThat(words.labels()).hasSize(24).startsWith("the", "cat", "dog").endsWith("a", "teh", "z");
        assertThat(words.input()).isEqualTo(new TensorSpec("context", Datatype.BYTES, List.of(-1L, -1L)));
        assertThat(words.blueprint())
                .contains("\"encoder\":{\"kind\":\"last-word\",\"vocabulary\":[\"the\",\"cat\",")
                .contains("\"teh\",\"z\"],\"unknown\":\"unknown\"}")
                .endsWith("\"hidden\":[12],\"initialisation\":{\"kind\":\"normal\",\"scale\":0.01}}");
        assertThat(words.data().evaluation()).isEqualTo(new Rows(36, 46));
        assertThat(words.training().start()).isEqualTo(Start.PARENT);
        assertThat(words.training().drop().window()).isZero();
        assertThat(words.rollout().promotion()).isEqualTo(Promotion.MANUAL);
        assertThat(words.suites()).hasSize(15);
    }

    @Test
    void mapsWhatIsPeculiarToDigits() {
        ModelSettings digits = packed("digits");

        assertThat(digits.labels()).hasSize(10).startsWith("0").endsWith("9");
        assertThat(digits.input()).isEqualTo(new TensorSpec("pixels", Datatype.FP32, List.of(-1L, 64L)));
        assertThat(digits.blueprint())
                .contains("\"encoder\":{\"kind\":\"numeric\",\"size\":64,\"scale\":0.0625},\"hidden\":[32]");
        assertThat(digits.data().inputField()).isEmpty();
        assertThat(digits.data().first()).isEqualTo(new Rows(0, 1000));
    }

    @Test
    void readsTheModelsBesideTheSettingsInsteadOfThePackedOnes() throws IOException {
        Path file = model(folder, "mail", "learningRate: 0.3", "learningRate: 0.7");

        Configuration configuration = Configuration.load(file, Map.of(), List.of());

        assertThat(configuration.models()).hasSize(1);
        assertThat(configuration.models().get(0).training().learningRate()).isEqualTo(0.7);
    }

    @Test
    void aFileThatSaysNothingOfBoundsIsReadAsBefore() throws IOException {
        Path file = model(folder, "mail", "coolDownSeconds: 0 ", "#");
        Path written = folder.resolve("models/mail.yaml");
        Files.writeString(
                written,
                Files.readString(written)
                        .replaceAll("(?m)^  (failuresInARow|perDay|approval|earlyStop|divergence):.*\n", ""));

        Training training =
                Configuration.load(file, Map.of(), List.of()).models().get(0).training();
        assertThat(training.restraint()).isEqualTo(new Restraint(0, 3, 0, Approval.AUTOMATIC));
        assertThat(training.stopping()).isEqualTo(new Stopping(0, 3, 3, 3));
    }

    @Test
    void aFileThatSaysNothingOfProofsIsReadAsBefore() throws IOException {
        Path file = model(folder, "digits", "  maturitySeconds: 0 ", "  #");

        ModelSettings digits =
                Configuration.load(file, Map.of(), List.of()).models().get(0);
        assertThat(digits.rollout().proof())
                .isEqualTo(new PromotionProof(
                        0.05,
                        0.02,
                        200,
                        5_000,
                        List.of(new Step(0.05, 100), new Step(0.25, 300), new Step(0.5, 600)),
                        0.05,
                        6_000));
        assertThat(digits.labelling().maturityMillis()).as("measured").isEmpty();
        assertThat(packed("digits").labelling().maturityMillis()).contains(0L);
    }

    @Test
    void mapsTheBoundsOfTrainings() throws IOException {
        Path file = model(folder, "digits", "coolDownSeconds: 300", "coolDownSeconds: 7");
        Path written = folder.resolve("models/digits.yaml");
        Files.writeString(
                written,
                Files.readString(written)
                        .replace("failuresInARow: 3", "failuresInARow: 4")
                        .replace("perDay: 10", "perDay: 5")
                        .replace("approval: automatic", "approval: manual")
                        .replace("oneIn: 0, patience: 3", "oneIn: 6, patience: 8")
                        .replace("factor: 3, passes: 3", "factor: 9.5, passes: 2"));

        Training training =
                Configuration.load(file, Map.of(), List.of()).models().get(0).training();
        assertThat(training.restraint()).isEqualTo(new Restraint(7, 4, 5, Approval.MANUAL));
        assertThat(training.stopping()).isEqualTo(new Stopping(6, 8, 9.5, 2));
    }

    @Test
    void readsACoolDownOfAlertsAndTakesTheUsualOneWhereNothingIsSaid() throws IOException {
        Path file = model(folder, "mail", "    coolDownSeconds: 300", "    coolDownSeconds: 7");
        assertThat(Configuration.load(file, Map.of(), List.of())
                        .models()
                        .get(0)
                        .monitor()
                        .coolDownSeconds())
                .isEqualTo(7);
        Path written = folder.resolve("models/mail.yaml");
        Files.writeString(written, Files.readString(written).replaceAll("    coolDownSeconds: 7.*\\n", ""));
        assertThat(Files.readString(written)).doesNotContain("    coolDownSeconds");
        assertThat(Configuration.load(file, Map.of(), List.of())
                        .models()
                        .get(0)
                        .monitor()
                        .coolDownSeconds())
                .isEqualTo(300);
    }

    @Test
    void readsHowManyLabelsAreAskedForAndTakesNoneWhereNothingIsSaid() throws IOException {
        Path file = model(folder, "mail", "  auditOneIn: 0 ", "  auditOneIn: 50 ");
        assertThat(Configuration.load(file, Map.of(), List.of()).models().get(0).labelling())
                .isEqualTo(new Labelling(30, 0, 50));
        Path written = folder.resolve("models/mail.yaml");
        Files.writeString(written, Files.readString(written).replaceAll("  auditOneIn: 50.*\\n", ""));
        assertThat(Configuration.load(file, Map.of(), List.of()).models().get(0).labelling())
                .isEqualTo(new Labelling(30, 0, 0));
    }

    private static ModelSettings packed(String name) {
        return Configuration.load(null, Map.of(), List.of()).models().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A settings file with one packed model beside it, changed in one place. */
    static Path model(Path folder, String name, String right, String wrong) throws IOException {
        String text = PackedTreeTest.text("models/" + name + ".yaml");
        assertThat(text).contains(right);
        Files.createDirectory(folder.resolve("models"));
        Files.writeString(folder.resolve("models").resolve(name + ".yaml"), text.replaceFirst(quoted(right), wrong));
        return Files.createFile(folder.resolve("abgate.yaml"));
    }

    private static String quoted(String text) {
        return Pattern.quote(text);
    }
}
