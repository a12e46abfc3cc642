package io.abgate.gateway.configuration;

import static io.abgate.gateway.configuration.ModelFilesTest.model;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a model file is refused by its place and by what was expected there. */
final class ModelFileRefusalsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "coolDownSeconds: 0 | coolDownSeconds: -1 | training.coolDownSeconds: -1 (expected: a number from 0"
                        + " (none))",
                "failuresInARow: 3 | failuresInARow: few | training.failuresInARow: \"few\" (expected: a whole number)",
                "perDay: 0 | perDay: 1001 | training.perDay: 1001 (expected: a number from 0 (any) to 1000)",
                "approval: automatic | approval: never | training.approval: never (expected: one of automatic, manual)",
                "oneIn: 0, patience: 3 | oneIn: 1, patience: 3 | training.earlyStop.oneIn: 1 (expected: 0 (off) or"
                        + " from 2)",
                "oneIn: 0, patience: 3 | oneIn: 5 | training.earlyStop.patience: nothing (expected: a whole number)",
                "factor: 3, passes: 3 | factor: 1, passes: 3 | training.divergence.factor: 1.0 (expected: 0 (off) or a"
                        + " finite number above 1)",
                "factor: 3, passes: 3 | factor: 3, pass: 3 | training.divergence.pass: unknown key (did you mean"
                        + " passes?)",
                "mode: act | mode: dry | rollout.mode: dry (expected: one of act, dryRun)",
                "decisions: sequential | decisions: all | rollout.decisions: all (expected: one of sequential,"
                        + " threshold, both)",
                "drop: 0.10, labels: 100 | drop: 0, labels: 100 | rollout.threshold.drop: 0.0 (expected: a number in"
                        + " (0, 1])",
                "drop: 0.10, labels: 100 | drop: 0.1, labels: 10001 | rollout.threshold.labels: 10001 (expected: a"
                        + " number from 1 to 10000)",
                "drop: 0.10, labels: 100 | fall: 0.1 | rollout.threshold.fall: unknown key (expected: one of drop,"
                        + " labels)",
                "errors: 0.01 | errors: 1 | rollout.guardrails.errors: 1.0 (expected: a number in [0, 1); 0 is off)",
                "slow: 0.05 | slow: -0.1 | rollout.guardrails.slow: -0.1 (expected: a number in [0, 1); 0 is off)",
                "slowMillis: 125 | slowMillis: 0 | rollout.guardrails.slowMillis: 0 (expected: a number from 1)",
                "slowMillis: 125 | slowMilli: 125 | rollout.guardrails.slowMilli: unknown key (did you mean"
                        + " slowMillis?)",
                "latency: hold | latency: ignore | rollout.actions.latency: ignore (expected: one of rollback, hold,"
                        + " warn)",
                "latency: hold | slow: hold | rollout.actions.slow: unknown key (expected: one of accuracy, errors,"
                        + " latency)",
                "trafficSeconds: 5 | trafficSeconds: 0 | rollout.trafficSeconds: 0 (expected: a number from 1 to 3600)",
                "epochs: 8 | epochs: many | training.epochs: \"many\" (expected: a whole number)",
                "epochs: 8 | epochs: '8' | training.epochs: \"8\" (expected: a whole number)",
                "epochs: 8 | epochs: .nan | training.epochs: .nan (expected: a finite number)",
                "epochs: 8 | epochs: .inf | training.epochs: .inf (expected: a finite number)",
                "epochs: 8 | epochs: 0 | training.epochs: 0 (expected: a number from 1)",
                "epochs: 8 | epoch: 8 | training.epoch: unknown key (did you mean epochs?)",
                "seed: 1 | #seed: 1 | training.seed: nothing (expected: a whole number)",
                "learningRate: 0.3 | learningRate: high | training.learningRate: \"high\" (expected: a finite number)",
                "learningRate: 0.3 | learningRate: '2' | training.learningRate: \"2\" (expected: a finite number)",
                "learningRate: 0.3 | learningRate: .nan | training.learningRate: .nan (expected: a finite number)",
                "learningRate: 0.3 | learningRate: .NaN | training.learningRate: .NaN (expected: a finite number)",
                "learningRate: 0.3 | learningRate: .inf | training.learningRate: .inf (expected: a finite number)",
                "learningRate: 0.3 | learningRate: +.Inf | training.learningRate: +.Inf (expected: a finite number)",
                "learningRate: 0.3 | learningRate: -.INF | training.learningRate: -.INF (expected: a finite number)",
                "learningRate: 0.3 | learningRate: '.nan' | training.learningRate: \".nan\" (expected: a finite"
                        + " number)",
                "learningRate: 0.3 | learningRate: NaN | training.learningRate: \"NaN\" (expected: a finite number)",
                "learningRate: 0.3 | learningRate: 1e999 | training.learningRate: Infinity (expected: a finite number)",
                "start: fresh | start: stale | training.start: stale (expected: one of fresh, parent)",
                "[ham, spam] | [ham, 1] | labels[1]: 1 (expected: text, so in quotes)",
                "[ham, spam] | [ham, ham] | labels: [ham, ham] (expected: no label twice)",
                "shape: [-1, 1] | shape: [-1, 0] | input.shape[1]: 0 (expected: -1 (free) or a whole number from 1)",
                "shape: [-1, 1] | shape: [] | input.shape: [] (expected: at least one dimension)",
                "abgate/dense-v1 | onnx | network.format: onnx (expected: abgate/dense-v1)",
                "hashed-words | words | network.encoder.kind: words (expected: one of hashed-words, last-word,"
                        + " numeric)",
                "hash: xxh64 | hash: md5 | network.encoder.hash: md5 (expected: xxh64)",
                "kind: he-normal | kind: zero | network.initialisation.kind: zero (expected: one of he-normal, normal)",
                "hidden: [16] | hidden: [0] | network.hidden[0]: 0 (expected: a whole number from 1 to 2147483647)",
                "mail.jsonl.gz | letters.jsonl | data.dataset: letters.jsonl (expected: a file in jar:config/datasets)",
                "mail.jsonl.gz | mail.xml | data.dataset: mail.xml (expected: a name that ends in .jsonl, .jsonl.gz,"
                        + " .csv or .csv.gz)",
                "to: 5663 | to: 1499 | data.replay.to: 1499 (expected: a whole number from 1500 to 2147483647)",
                "coolDownSeconds: 300 | coolDownSeconds: -1 | monitor.alerts.coolDownSeconds: -1 (expected: a number"
                        + " from 0 (none))",
                "coolDownSeconds: 300 | coolDownSecond: 300 | monitor.alerts.coolDownSecond: unknown key (did you mean"
                        + " coolDownSeconds?)",
                "share: 0.5, labels: 60 | share: .nan, labels: 60 | rollout.ladder[0].share: .nan (expected: a finite"
                        + " number)",
                "promotion: evidence | promotion: proof | rollout.promotion: proof (expected: one of evidence, count,"
                        + " manual)",
                "leastPairs: 50 | leastPairs: 0 | rollout.shadow.leastPairs: 0 (expected: a number from 1)",
                "leastPairs: 50 | leastPairs: 101 | rollout.shadow.mostPairs: 100 (expected: at least leastPairs, 101)",
                "leastPairs: 50 | fewestPairs: 50 | rollout.shadow.fewestPairs: unknown key (did you mean leastPairs?)",
                "share: 0.5, labels: 60 | share: 1, labels: 60 | rollout.ladder.share: 1.0 (expected: a number in (0,"
                        + " 1))",
                "mostLabels: 150 | mostLabels: 59 | rollout.mostLabels: 59 (expected: at least all of the ladder, 60)",
                "promotionAlpha: 0.05 | promotionAlpha: 0 | rollout.promotionAlpha: 0.0 (expected: a number in (0, 1))",
                "maturitySeconds: 0 | maturitySeconds: -1 | labelling.maturitySeconds: -1 (expected: a number from 0)",
                "auditOneIn: 0 | auditOneIn: -1 | labelling.auditOneIn: -1 (expected: a number from 0 (none))",
                "auditOneIn: 0 | auditOneIn: few | labelling.auditOneIn: \"few\" (expected: a whole number)",
                "auditOneIn: 0 | auditOneOf: 9 | labelling.auditOneOf: unknown key (did you mean auditOneIn?)",
                "tolerance: 0.05 | tolerance: 2 | gate.tolerance: 2.0 (expected: a number in [0, 1])",
            })
    void refusesAModelFileNamingPlaceAndExpectation(String right, String wrong, String message) throws IOException {
        Path file = model(folder, "mail", right, wrong);

        assertThatThrownBy(() -> Configuration.load(file, Map.of(), List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(folder.resolve("models/mail.yaml") + ": " + message);
    }

    @Test
    void refusesFieldNamesForACsvDataSet() throws IOException {
        Path file = model(folder, "digits", "dataset: digits.csv.gz", "inputField: pixels\n  dataset: digits.csv.gz");

        assertThatThrownBy(() -> Configuration.load(file, Map.of(), List.of()))
                .hasMessage(folder.resolve("models/digits.yaml") + ": data.inputField: pixels"
                        + " (expected: no such key for a CSV data set, whose last column is the truth)");
    }

    @Test
    void refusesAnUnknownWordOutsideTheVocabulary() throws IOException {
        Path file = model(folder, "next-word", "unknown: unknown ", "unknown: other ");

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
}
