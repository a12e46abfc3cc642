package io.abgate.model.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.model.Model;
import io.abgate.model.ModelFormats;
import io.abgate.model.SmallModels;
import io.abgate.model.training.Progress;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.JobOutcome;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.contract.TrainOrder.Plan;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.SuiteCase;
import io.abgate.registry.domain.SuiteSummary.FailedCase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrainingJobTest {
    private static final Plan PLAN = new Plan(50, 0.5, 2, 1);
    private static final List<Example> ROWS = List.of(
            new Example("\"free money\"", "spam"),
            new Example("\"see you\"", "ham"),
            new Example("\"\"", "ham"),
            new Example("\"free you\"", "eggs"),
            new Example("[1]", "ham"));
    private static final List<Example> EVALUATION =
            List.of(new Example("\"money\"", "spam"), new Example("\"see\"", "ham"));

    private static TrainOrder order(byte @Nullable [] parent, List<Example> rows, Plan plan) {
        return new TrainOrder(
                1,
                "mail",
                parent == null ? null : new Artifact(parent),
                parent != null,
                SmallModels.TEXT,
                rows,
                EVALUATION,
                plan,
                List.of());
    }

    private static JobOutcome run(TrainOrder order) {
        return new TrainingJob(order, "here", ModelFormats.installed()).run(Progress.NONE);
    }

    @Test
    void startsFromTheParentAndCountsItOnTheSameRows() {
        Model parent = SmallModels.text(5);

        JobOutcome outcome = run(order(parent.artifact(), ROWS, new Plan(1, Double.MIN_VALUE, 0, 9)));

        assertThat(outcome.trained().sha256()).isEqualTo(parent.sha256()); // half the smallest rate is 0
        assertThat(outcome.parent()).isEqualTo(outcome.candidate());
        assertThat(outcome.parent().score().rows()).isEqualTo(2);
    }

    @Test
    void countsNothingWithoutEvaluationRows() {
        byte[] parent = SmallModels.text(5).artifact();

        JobOutcome outcome = run(new TrainOrder(
                1,
                "mail",
                parent == null ? null : new Artifact(parent),
                false,
                SmallModels.TEXT,
                ROWS,
                List.of(),
                PLAN,
                List.of()));

        assertThat(outcome.candidate()).isNull();
        assertThat(outcome.parent()).isNull();
        assertThat(outcome.trained()).isNotNull();
    }

    @Test
    void runsTheNewVersionThroughTheSuites() {
        SuiteCase right = new SuiteCase("basic", "words", "right", "\"money\"", SuiteCase.Expectation.ANSWER);
        SuiteCase wrong = new SuiteCase(
                "basic", "words", "wrong", "\"money\"", new SuiteCase.Expectation(List.of(), null, null, null, true));

        JobOutcome outcome = run(new TrainOrder(
                1, "mail", null, false, SmallModels.TEXT, ROWS, EVALUATION, PLAN, List.of(right, wrong)));

        assertThat(outcome.suites().passed()).isEqualTo(1);
        assertThat(outcome.suites().failures())
                .containsExactly(new FailedCase("basic/words/wrong", "answer: spam (expected: a refusal)"));
        assertThat(run(order(null, ROWS, PLAN)).suites()).isNull();
    }

    @Test
    void jobWithoutUsableRowsFails() {
        JobOutcome outcome = run(order(null, ROWS.subList(2, 5), PLAN));

        assertThat(outcome.trained()).isNull();
        assertThat(outcome.failure())
                .isEqualTo("rows: 0 usable of 3 (expected: at least 1; there are 1 with a truth that is no label,"
                        + " 1 with an empty input, 1 with an input that does not fit)");
    }

    @Test
    void jobThatDivergesFailsAndHasNoArtifact() {
        JobOutcome outcome = run(order(null, ROWS, new Plan(50, 1e308, 0, 1)));

        assertThat(outcome.trained()).isNull();
        assertThat(outcome.candidate()).isNull();
        assertThat(outcome.failure()).contains("a lower learning rate may help");
    }

    @Test
    void orderThatMakesNoSenseFails() {
        JobOutcome outcome = run(new TrainOrder(1, "mail", null, false, "{}", ROWS, EVALUATION, PLAN, List.of()));

        assertThat(outcome.failure()).startsWith("blueprint.format: ");
    }
}
