package io.abgate.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.model.Model;
import io.abgate.model.ModelFormats;
import io.abgate.model.evaluation.Evaluator;
import io.abgate.model.worker.TrainingJob;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.JobOutcome;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.contract.TrainOrder.Plan;
import io.abgate.registry.domain.AlertLimits;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.ModelSettings.Gate;
import io.abgate.registry.policy.Degradation;
import io.abgate.registry.policy.Degradation.Kind;
import io.abgate.registry.policy.Fall;
import io.abgate.registry.policy.OfflineGate;
import io.abgate.registry.policy.RetrainingRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The loops of {@code reference/loop_traces.json}, as they were meant: what is measured is the exercise's to the last
 * row, but a version that a training made worse is never served.
 */
class LoopTracesReferenceTest {
    private static final int MINIMUM = 10;
    /** As the exercise's loop retrains. */
    private static final Plan PLAN = new Plan(15, 0.005, 0, 0);

    private static final RetrainingRule RULE = new RetrainingRule(.10, .05, 3);
    private static final AlertLimits LIMITS = new AlertLimits(.15, 0, .20, .20, 1, 2, .05);
    private static final Gate GATE = new Gate(0, 0, 20);
    private static final Measurement BASELINE = measured(model("M1"));

    private static Model model(String start) {
        return Reference.model(Reference.rotated(Reference.start(start)));
    }

    private static Measurement measured(Model model) {
        return new Evaluator(model).measure(Reference.testRows());
    }

    private static JsonNode trace(String name) {
        for (JsonNode trace : Reference.read("loop_traces.json").get("traces")) {
            if (trace.get("name").textValue().startsWith(name)) {
                return trace;
            }
        }
        throw new AssertionError(name);
    }

    /** The five samples that the exercise's loop adds whenever it wants to train: no target is one of its words. */
    private static List<Example> ownSamples() {
        return Reference.rows("challenge_buffer").subList(5, 10);
    }

    private static JobOutcome retrained(Model parent, List<Example> buffer) {
        TrainOrder order = new TrainOrder(
                1,
                "next-word",
                new Artifact(parent.artifact()),
                true,
                "{}",
                buffer,
                Reference.testRows(),
                PLAN,
                List.of());
        return new TrainingJob(order, "here", ModelFormats.installed()).run(Progress.NONE);
    }

    private static boolean passes(JobOutcome outcome) {
        return OfflineGate.judge(outcome.candidate(), outcome.parent(), GATE).stream()
                .allMatch(OfflineGate.Finding::passed);
    }

    private static List<Kind> alerts(Measurement now) {
        return Degradation.of(Fall.between(BASELINE.score(), now.score()), BASELINE, now, LIMITS).stream()
                .map(Degradation.Finding::kind)
                .filter(kind -> kind != Kind.RESPONSE_RISE && kind != Kind.RESPONSE) // those of a busy machine
                .toList();
    }

    private static Optional<String> asks(Measurement now) {
        return RULE.asks(List.of(Optional.of(Fall.between(BASELINE.score(), now.score()))));
    }

    private static double loggedAccuracy(JsonNode trace, int entry) {
        return trace.get("performance_log_accuracy").get(entry).doubleValue();
    }

    @Test
    void aHealthyModelIsLeftAloneInEveryCycle() {
        JsonNode trace = trace("healthy model");
        for (int cycle = 0; cycle < trace.get("cycles_run").intValue(); cycle++) {
            Measurement now = measured(model("M1"));
            assertThat(now.score().accuracy()).isEqualTo(loggedAccuracy(trace, cycle));
            assertThat(alerts(now)).isEmpty();
            assertThat(asks(now)).isEmpty();
        }
        assertThat(trace.get("alerts_raised").intValue()).isZero();
        assertThat(trace.get("retrain_calls")).isEmpty();
    }

    @Test
    void aDamagedModelRaisesTheSameAlertsInEveryCycleSoThatOnlyTheFirstIsNews() {
        JsonNode trace = trace("noise 2.0, empty buffer");
        List<List<Kind>> news = new ArrayList<>();
        List<Kind> before = List.of();
        for (int cycle = 0; cycle < trace.get("cycles_run").intValue(); cycle++) {
            Measurement now = measured(model("noisy"));
            assertThat(now.score().accuracy()).isEqualTo(loggedAccuracy(trace, cycle));
            assertThat(alerts(now)).contains(Kind.ACCURACY);
            assertThat(asks(now)).contains("accuracy dropped by 0.300 (limit 0.1)");
            if (!alerts(now).equals(before)) {
                news.add(alerts(now));
                before = alerts(now);
            }
        }
        assertThat(trace.get("alerts_raised").intValue())
                .as("one a check there")
                .isEqualTo(4);
        assertThat(news).hasSize(1);
    }

    @Test
    void samplesOfWhichNoneIsUsableNeverTrainHoweverOftenTheyAreAdded() {
        JsonNode trace = trace("noise 2.0, empty buffer");
        List<Example> buffer = new ArrayList<>();
        for (JsonNode call : trace.get("retrain_calls")) {
            buffer.addAll(ownSamples());
            assertThat(buffer).hasSize(call.get("buffer_size").intValue());
            JobOutcome outcome = retrained(model("noisy"), buffer);
            assertThat(outcome.trained()).isNull();
            assertThat(outcome.droppedRows()).isEqualTo(buffer.size());
            assertThat(outcome.failure())
                    .startsWith("rows: 0 usable of " + buffer.size() + " (expected: at least 1; ")
                    .contains(buffer.size() + " with a truth that is no label");
            assertThat(call.get("returned").booleanValue()).isFalse();
        }
    }

    @Test
    void oneUsableSampleIsTooFewByItselfAndTheHarmThatItDoesIsRejectedByHand() {
        JsonNode trace = trace("noise 2.0, Challenge 3");
        List<Example> buffer = Reference.rows("challenge_buffer");
        JsonNode session = trace.get("sessions").get(0);

        JobOutcome outcome = retrained(model("noisy"), buffer);

        assertThat(outcome.usedRows())
                .isEqualTo(session.get("data_points").intValue())
                .isLessThan(MINIMUM);
        assertThat(outcome.parent().score().accuracy())
                .isEqualTo(session.get("pre_training_accuracy").doubleValue());
        assertThat(outcome.candidate().score().accuracy())
                .isEqualTo(session.get("post_training_accuracy").doubleValue());
        assertThat(passes(outcome))
                .as("the exercise said improved %s times", trace.get("said_improved"))
                .isFalse();
    }

    @Test
    void fifteenSmallStepsOnFortySamplesChangeNoAnswerAndPass() {
        JsonNode trace = trace("noise 2.0, 40-sample buffer preloaded");
        List<Example> buffer = new ArrayList<>(Reference.rows("buffer"));
        Model serving = model("noisy");
        for (JsonNode session : trace.get("sessions")) {
            buffer.addAll(ownSamples());
            JobOutcome outcome = retrained(serving, buffer);
            assertThat(outcome.usedRows()).isEqualTo(session.get("data_points").intValue());
            assertThat(outcome.parent().score().accuracy())
                    .isEqualTo(session.get("pre_training_accuracy").doubleValue());
            assertThat(outcome.candidate().score().accuracy())
                    .isEqualTo(session.get("post_training_accuracy").doubleValue());
            assertThat(passes(outcome)).isTrue();
            serving = ModelFormats.installed().read(outcome.trained().bytes());
        }
    }

    @Test
    void aSampleWithTheLastWordAsItsTargetEndsNothing() {
        JsonNode trace = trace("noise 2.0, 40-sample buffer plus one sample with target z");
        assertThat(trace.get("exception").textValue()).isEqualTo("IndexError");
        List<Example> buffer = Stream.concat(
                        Reference.rows("buffer").stream(), Stream.of(new Example("[\"the\"]", "z")))
                .toList();

        JobOutcome outcome = retrained(model("noisy"), buffer);

        assertThat(outcome.failure()).isNull();
        assertThat(outcome.usedRows()).isEqualTo(37);
    }
}
