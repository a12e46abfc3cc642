package io.abgate.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.registry.domain.AlertLimits;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Guardrails;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.ModelSettings.Data;
import io.abgate.registry.domain.ModelSettings.Drop;
import io.abgate.registry.domain.ModelSettings.Gate;
import io.abgate.registry.domain.ModelSettings.Labelling;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                                new PromotionProof(0.05, 0.10, 50, 100, List.of(new Step(0.5, 60)), 0.15, 150),
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
        Path file = model("mail", "learningRate: 0.3", "learningRate: 0.7");

        Configuration configuration = Configuration.load(file, Map.of(), List.of());

        assertThat(configuration.models()).hasSize(1);
        assertThat(configuration.models().get(0).training().learningRate()).isEqualTo(0.7);
    }

    @Test
    void aFileThatSaysNothingOfBoundsIsReadAsBefore() throws IOException {
        Path file = model("mail", "coolDownSeconds: 0 ", "#");
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
        Path file = model("digits", "  maturitySeconds: 0 ", "  #");

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
        Path file = model("digits", "coolDownSeconds: 300", "coolDownSeconds: 7");
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "coolDownSeconds: 0 | coolDownSeconds: -1 | training.coolDownSeconds: -1 (expected: a number from 0 (none))",
                "failuresInARow: 3 | failuresInARow: few | training.failuresInARow: few (expected: a whole number)",
                "perDay: 0 | perDay: 1001 | training.perDay: 1001 (expected: a number from 0 (any) to 1000)",
                "approval: automatic | approval: never | training.approval: never (expected: one of automatic, manual)",
                "oneIn: 0, patience: 3 | oneIn: 1, patience: 3 | training.earlyStop.oneIn: 1 (expected: 0 (off) or from 2)",
                "oneIn: 0, patience: 3 | oneIn: 5 | training.earlyStop.patience: nothing (expected: a whole number)",
                "factor: 3, passes: 3 | factor: 1, passes: 3 | training.divergence.factor: 1.0 (expected: 0 (off) or a finite number above 1)",
                "factor: 3, passes: 3 | factor: 3, pass: 3 | training.divergence.pass: unknown key (did you mean passes?)",
                "mode: act | mode: dry | rollout.mode: dry (expected: one of act, dryRun)",
                "decisions: sequential | decisions: all | rollout.decisions: all (expected: one of sequential, threshold, both)",
                "drop: 0.10, labels: 100 | drop: 0, labels: 100 | rollout.threshold.drop: 0.0 (expected: a number in (0, 1])",
                "drop: 0.10, labels: 100 | drop: 0.1, labels: 10001 | rollout.threshold.labels: 10001 (expected: a number from 1 to 10000)",
                "drop: 0.10, labels: 100 | fall: 0.1 | rollout.threshold.fall: unknown key (expected: one of drop, labels)",
                "errors: 0.01 | errors: 1 | rollout.guardrails.errors: 1.0 (expected: a number in [0, 1); 0 is off)",
                "slow: 0.05 | slow: -0.1 | rollout.guardrails.slow: -0.1 (expected: a number in [0, 1); 0 is off)",
                "slowMillis: 125 | slowMillis: 0 | rollout.guardrails.slowMillis: 0 (expected: a number from 1)",
                "slowMillis: 125 | slowMilli: 125 | rollout.guardrails.slowMilli: unknown key (did you mean slowMillis?)",
                "latency: hold | latency: ignore | rollout.actions.latency: ignore (expected: one of rollback, hold, warn)",
                "latency: hold | slow: hold | rollout.actions.slow: unknown key (expected: one of accuracy, errors, latency)",
                "trafficSeconds: 5 | trafficSeconds: 0 | rollout.trafficSeconds: 0 (expected: a number from 1 to 3600)",
                "epochs: 8 | epochs: many | training.epochs: many (expected: a whole number)",
                "epochs: 8 | epochs: 0 | training.epochs: 0 (expected: a number from 1)",
                "epochs: 8 | epoch: 8 | training.epoch: unknown key (did you mean epochs?)",
                "seed: 1 | #seed: 1 | training.seed: nothing (expected: a whole number)",
                "learningRate: 0.3 | learningRate: high | training.learningRate: high (expected: a finite number)",
                "learningRate: 0.3 | learningRate: 1e999 | training.learningRate: Infinity (expected: a finite number)",
                "start: fresh | start: stale | training.start: stale (expected: one of fresh, parent)",
                "[ham, spam] | [ham, 1] | labels[1]: 1 (expected: text, so in quotes)",
                "[ham, spam] | [ham, ham] | labels: [ham, ham] (expected: no label twice)",
                "shape: [-1, 1] | shape: [-1, 0] | input.shape[1]: 0 (expected: -1 (free) or a whole number from 1)",
                "shape: [-1, 1] | shape: [] | input.shape: [] (expected: at least one dimension)",
                "abgate/dense-v1 | onnx | network.format: onnx (expected: abgate/dense-v1)",
                "hashed-words | words | network.encoder.kind: words (expected: one of hashed-words, last-word, numeric)",
                "hash: xxh64 | hash: md5 | network.encoder.hash: md5 (expected: xxh64)",
                "kind: he-normal | kind: zero | network.initialisation.kind: zero (expected: one of he-normal, normal)",
                "hidden: [16] | hidden: [0] | network.hidden[0]: 0 (expected: a whole number from 1 to 2147483647)",
                "mail.jsonl.gz | letters.jsonl | data.dataset: letters.jsonl (expected: a file in jar:config/datasets)",
                "mail.jsonl.gz | mail.xml | data.dataset: mail.xml (expected: a name that ends in .jsonl, .jsonl.gz, .csv or .csv.gz)",
                "to: 5663 | to: 1499 | data.replay.to: 1499 (expected: a whole number from 1500 to 2147483647)",
                "coolDownSeconds: 300 | coolDownSeconds: -1 | monitor.alerts.coolDownSeconds: -1 (expected: a number from 0 (none))",
                "coolDownSeconds: 300 | coolDownSecond: 300 | monitor.alerts.coolDownSecond: unknown key (did you mean coolDownSeconds?)",
                "promotion: evidence | promotion: proof | rollout.promotion: proof (expected: one of evidence, count, manual)",
                "leastPairs: 50 | leastPairs: 0 | rollout.shadow.leastPairs: 0 (expected: a number from 1)",
                "leastPairs: 50 | leastPairs: 101 | rollout.shadow.mostPairs: 100 (expected: at least leastPairs, 101)",
                "leastPairs: 50 | fewestPairs: 50 | rollout.shadow.fewestPairs: unknown key (did you mean leastPairs?)",
                "share: 0.5, labels: 60 | share: 1, labels: 60 | rollout.ladder.share: 1.0 (expected: a number in (0, 1))",
                "mostLabels: 150 | mostLabels: 59 | rollout.mostLabels: 59 (expected: at least all of the ladder, 60)",
                "promotionAlpha: 0.05 | promotionAlpha: 0 | rollout.promotionAlpha: 0.0 (expected: a number in (0, 1))",
                "maturitySeconds: 0 | maturitySeconds: -1 | labelling.maturitySeconds: -1 (expected: a number from 0)",
                "auditOneIn: 0 | auditOneIn: -1 | labelling.auditOneIn: -1 (expected: a number from 0 (none))",
                "auditOneIn: 0 | auditOneIn: few | labelling.auditOneIn: few (expected: a whole number)",
                "auditOneIn: 0 | auditOneOf: 9 | labelling.auditOneOf: unknown key (did you mean auditOneIn?)",
                "tolerance: 0.05 | tolerance: 2 | gate.tolerance: 2.0 (expected: a number in [0, 1])",
            })
    void refusesAModelFileNamingPlaceAndExpectation(String right, String wrong, String message) throws IOException {
        Path file = model("mail", right, wrong);

        assertThatThrownBy(() -> Configuration.load(file, Map.of(), List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(folder.resolve("models/mail.yaml") + ": " + message);
    }

    @Test
    void readsACoolDownOfAlertsAndTakesTheUsualOneWhereNothingIsSaid() throws IOException {
        Path file = model("mail", "    coolDownSeconds: 300", "    coolDownSeconds: 7");
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
        Path file = model("mail", "  auditOneIn: 0 ", "  auditOneIn: 50 ");
        assertThat(Configuration.load(file, Map.of(), List.of()).models().get(0).labelling())
                .isEqualTo(new Labelling(30, 0, 50));
        Path written = folder.resolve("models/mail.yaml");
        Files.writeString(written, Files.readString(written).replaceAll("  auditOneIn: 50.*\\n", ""));
        assertThat(Configuration.load(file, Map.of(), List.of()).models().get(0).labelling())
                .isEqualTo(new Labelling(30, 0, 0));
    }

    @Test
    void refusesFieldNamesForACsvDataSet() throws IOException {
        Path file = model("digits", "dataset: digits.csv.gz", "inputField: pixels\n  dataset: digits.csv.gz");

        assertThatThrownBy(() -> Configuration.load(file, Map.of(), List.of()))
                .hasMessage(folder.resolve("models/digits.yaml") + ": data.inputField: pixels"
                        + " (expected: no such key for a CSV data set, whose last column is the truth)");
    }

    @Test
    void refusesAnUnknownWordOutsideTheVocabulary() throws IOException {
        Path file = model("next-word", "unknown: unknown ", "unknown: other ");

        assertThatThrownBy(() -> Configuration.load(file, Map.of(), List.of()))
                .hasMessageEndingWith("network.encoder.unknown: other (expected: a word of the vocabulary)");
    }

    @Test
    void refusesAFolderWithoutModels() throws IOException {
        Files.createDirectory(folder.resolve("models"));
        Path file = Files.createFile(folder.resolve("abgate.yaml"));

        assertThatThrownBy(() -> Configuration.load(file, Map.of(), List.of()))
                .hasMessage(folder.resolve("models") + ": no model (expected: at least one NAME.yaml)");
    }

    private static ModelSettings packed(String name) {
        return Configuration.load(null, Map.of(), List.of()).models().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A settings file with one packed model beside it, changed in one place. */
    private Path model(String name, String right, String wrong) throws IOException {
        Path packed = PackedFolder.root().path().resolve("models").resolve(name + ".yaml");
        String text = Files.readString(packed);
        assertThat(text).contains(right);
        Files.createDirectory(folder.resolve("models"));
        Files.writeString(folder.resolve("models").resolve(name + ".yaml"), text.replaceFirst(quoted(right), wrong));
        return Files.createFile(folder.resolve("abgate.yaml"));
    }

    private static String quoted(String text) {
        return Pattern.quote(text);
    }
}
