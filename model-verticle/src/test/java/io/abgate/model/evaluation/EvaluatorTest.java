package io.abgate.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.model.Model;
import io.abgate.model.ModelFormats;
import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.Evaluation.ClassCount;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Score;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
    /** Answers "low" below 0 and "high" above. */
    private static final Model SIGN = model("[[-1,1]]");

    private static Model model(String weights) {
        String artifact = "{\"format\":\"abgate/dense-v1\",\"labels\":[\"low\",\"high\"],"
                + "\"encoder\":{\"kind\":\"numeric\",\"size\":1,\"scale\":1},"
                + "\"layers\":[{\"activation\":\"softmax\",\"weights\":" + weights + ",\"bias\":[0,0]}]}";
        return ModelFormats.installed().read(artifact.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void countsRightAnswersByClass() {
        Evaluation evaluation = new Evaluator(SIGN)
                .evaluate(List.of(
                        new Example("[-1]", "low"),
                        new Example("[-2]", "high"),
                        new Example("[3]", "high"),
                        new Example("[4]", "low"),
                        new Example("[-5]", "low")));

        assertThat(evaluation.classes())
                .containsExactly(new ClassCount("low", new Score(2, 3)), new ClassCount("high", new Score(1, 2)));
        assertThat(evaluation.predictedClasses()).isEqualTo(2);
        assertThat(evaluation.finite()).isTrue();
    }

    @Test
    void refusedRowsCountAsWrong() {
        Evaluation evaluation =
                new Evaluator(SIGN).evaluate(List.of(new Example("[1,2]", "low"), new Example("\"text\"", "low")));

        assertThat(evaluation.score()).isEqualTo(new Score(0, 2));
        assertThat(evaluation.predictedClasses()).isZero();
    }

    @Test
    void truthsThatAreNoLabelComeLastAndCountAsWrong() {
        Evaluation evaluation =
                new Evaluator(SIGN).evaluate(List.of(new Example("[-1]", "medium"), new Example("[-1]", "low")));

        assertThat(evaluation.classes())
                .containsExactly(
                        new ClassCount("low", new Score(1, 1)),
                        new ClassCount("high", new Score(0, 0)),
                        new ClassCount("medium", new Score(0, 1)));
    }

    @Test
    void probabilitiesThatAreNotFiniteCountAsWrongAndAreTold() {
        Evaluation evaluation =
                new Evaluator(model("[[1e300,-1e300]]")).evaluate(List.of(new Example("[1e300]", "low")));

        assertThat(evaluation.finite()).isFalse();
        assertThat(evaluation.score()).isEqualTo(new Score(0, 1));
    }

    @Test
    void noRowsGiveNoCounts() {
        assertThat(new Evaluator(SIGN).evaluate(List.of()).score()).isEqualTo(new Score(0, 0));
    }
}
