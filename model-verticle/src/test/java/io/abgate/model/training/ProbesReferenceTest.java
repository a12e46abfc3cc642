package io.abgate.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.model.Model;
import io.abgate.model.ModelFormats;
import io.abgate.model.RowJson;
import io.abgate.model.dense.DenseModel;
import io.abgate.model.dense.Network;
import io.abgate.model.evaluation.Evaluator;
import io.abgate.model.worker.TrainingJob;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.JobOutcome;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.contract.TrainOrder.Plan;
import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.Evaluation.ClassCount;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.ModelSettings.Gate;
import io.abgate.registry.domain.Score;
import io.abgate.registry.policy.BaselineTaken;
import io.abgate.registry.policy.Fall;
import io.abgate.registry.policy.OfflineGate;
import io.abgate.registry.policy.RetrainingRule;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code reference/probes.json} found in the exercise's program, and that none of it can happen here. */
class ProbesReferenceTest {
    private static final JsonNode PROBES = Reference.read("probes.json");
    private static final int LABELS = 24;

    private static DenseModel m1() {
        return Reference.model(Reference.rotated(Reference.start("M1")));
    }

    private static JobOutcome retrained(Plan plan) {
        TrainOrder order = new TrainOrder(
                1,
                "next-word",
                new Artifact(m1().artifact()),
                true,
                "{}",
                Reference.rows("buffer"),
                Reference.testRows(),
                plan,
                List.of());
        return new TrainingJob(order, "here", ModelFormats.installed()).run(Progress.NONE);
    }

    private static double recordedChange(String arguments) {
        return PROBES.get("retrain_arguments_from_M1_40_sample_buffer")
                .get(arguments)
                .get(1)
                .doubleValue();
    }

    @ParameterizedTest
    @CsvSource({
        "epochs_0, 0, 0.5, epochs: 0",
        "epochs_minus_3, -3, 0.5, epochs: -3",
        "lr_minus_1_x10, 10, -1, learningRate: -1.0"
    })
    void argumentsThatMakeNoSenseAreRefusedWhereTheyWereCalledSuccessful(
            String name, int epochs, double rate, String complaint) {
        assertThat(PROBES.get("retrain_arguments_from_M1_40_sample_buffer")
                        .get(name)
                        .get(0)
                        .booleanValue())
                .isTrue();
        assertThat(retrained(new Plan(epochs, rate, 0, 0)).failure()).startsWith(complaint);
    }

    @ParameterizedTest
    @CsvSource({"lr_50_x50, 50, 50", "lr_1e6_x10, 10, 1e6"})
    void ratesThatHarmDoSoByTheRecordedAmountAndTheGateRejectsThem(String name, int epochs, double rate) {
        JobOutcome outcome = retrained(new Plan(epochs, rate, 0, 0));

        int before = outcome.parent().score().right();
        int after = outcome.candidate().score().right();
        assertThat(after - before).isEqualTo((int) Math.round(10 * recordedChange(name)));
        assertThat(OfflineGate.judge(outcome.candidate(), outcome.parent(), new Gate(0, 0, 20)))
                .anyMatch(finding -> !finding.passed() && finding.says().startsWith("post-training accuracy fell"));
    }

    @Test
    void aRateThatMakesWeightsNoNumberGivesNoVersion() {
        JobOutcome outcome = retrained(new Plan(10, 1e200, 0, 0));

        assertThat(PROBES.at("/retrain_arguments_from_M1_40_sample_buffer/lr_1e200_x10/2")
                        .textValue())
                .isEqualTo("weights NaN");
        assertThat(outcome.trained()).isNull();
        assertThat(outcome.failure()).contains("a lower learning rate may help");
        assertThat(retrained(new Plan(10, Double.NaN, 0, 0)).failure())
                .isEqualTo("learningRate: NaN (expected: a finite number above 0)");
    }

    @Test
    void noLastWordModelCanBeRightMoreOftenThanTheCeiling() {
        Set<String> words = Set.copyOf(Reference.words());
        Map<String, Map<String, Long>> followers = Reference.testRows().stream()
                .filter(row -> words.contains(row.truth()))
                .collect(Collectors.groupingBy(
                        row -> lastWord(row, words), Collectors.groupingBy(Example::truth, Collectors.counting())));
        long best = followers.values().stream()
                .mapToLong(counts -> Collections.max(counts.values()))
                .sum();

        assertThat(best / 10.0)
                .isEqualTo(PROBES.at("/accuracy_ceiling/last_word_model").doubleValue());
        assertThat(new Evaluator(m1()).measure(Reference.testRows()).score().right())
                .isLessThanOrEqualTo((int) best);
    }

    private static String lastWord(Example row, Set<String> words) {
        String[] parts = row.input().replaceAll("[\\[\\]\"]", "").split(",", -1);
        String last = parts[parts.length - 1];
        return words.contains(last) ? last : "unknown";
    }

    @Test
    void weightsThatAreNoNumbersAreNeverServedWhereTheyWereHealthy() {
        assertThat(PROBES.at("/non_finite/W1_all_NaN/status").textValue()).isEqualTo("healthy");
        Network network = Reference.rotated(Reference.start("M1"));
        network.layers().get(1).bias()[5] = Double.POSITIVE_INFINITY;

        Measurement measured = new Evaluator(Reference.model(network)).measure(Reference.testRows());

        assertThat(measured.errors()).isEqualTo(10);
        assertThat(measured.evaluation().finite()).isFalse();
        String artifact =
                new String(m1().artifact(), StandardCharsets.UTF_8).replaceFirst("\\[\\[-?[0-9.E-]+", "[[1e999");
        assertThatThrownBy(() -> ModelFormats.installed().read(artifact.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("expected: ");
    }

    @Test
    void aModelOfTheWrongSizeIsRefusedWhenItIsRead() {
        assertThat(PROBES.at("/mis_sized_model_30_words/basic_suite/0").intValue())
                .as("passed there")
                .isEqualTo(6);
        String artifact = new String(m1().artifact(), StandardCharsets.UTF_8)
                .replaceFirst(
                        "\"vocabulary\":\\[", "\"vocabulary\":[\"one\",\"two\",\"three\",\"four\",\"five\",\"six\",");
        Throwable refusal =
                catchThrowable(() -> ModelFormats.installed().read(artifact.getBytes(StandardCharsets.UTF_8)));
        assertThat(refusal).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("30");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"the cat\"", "null", "7", "[\"the\", 7]", "{}"})
    void aContextOfAnotherTypeIsRefused(String input) {
        Model model = m1();
        assertThat(PROBES.get("context_types").size()).isPositive();
        assertThatThrownBy(() -> RowJson.tensor(model.input(), List.of(input)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: ");
    }

    @Test
    void anUntrainedModelTakesNoBaselineUnlessItIsBetterThanChance() {
        JsonNode counts = PROBES.at("/over_400_unseeded_style_models_RandomSeed_0_to_399/baseline_accuracy_counts");
        Set<String> usable = new HashSet<>();
        counts.properties().forEach(count -> {
            int right = (int) Math.round(10 * Double.parseDouble(count.getKey()));
            if (BaselineTaken.isUsable(measured(right), LABELS)) {
                usable.add(count.getKey());
            }
        });
        assertThat(usable).containsExactlyInAnyOrder("0.1", "0.2", "0.3", "0.4");
    }

    private static Measurement measured(int right) {
        return new Measurement(
                new Evaluation(List.of(new ClassCount("sat", new Score(right, 10))), 2, true),
                0,
                .05,
                .9,
                .1,
                new Measurement.Latency(1e-6, 1e-6, 1e-6, 1e-6, 1e-6));
    }

    @Test
    void oneCheckIsOneCheckHoweverOftenATrainingLooks() {
        JsonNode probe = PROBES.get("consecutive_rule_in_one_cycle");
        assertThat(probe.get("after_one_manual_retrain_adds_two_log_entries").booleanValue())
                .isTrue();
        Fall fall = Fall.between(new Score(60, 100), new Score(54, 100));
        assertThat(fall.amount()).isCloseTo(-probe.get("delta").doubleValue(), within(1e-12));
        RetrainingRule rule = new RetrainingRule(.10, .05, 3);
        assertThat(rule.asks(List.of(Optional.of(fall)))).isEmpty();
        assertThat(rule.asks(Collections.nCopies(3, Optional.of(fall)))).isPresent();
    }
}
