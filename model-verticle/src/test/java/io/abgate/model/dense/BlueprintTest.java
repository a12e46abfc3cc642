package io.abgate.model.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BlueprintTest {
    private static final String MAIL = """
            {"format":"abgate/dense-v1","labels":["ham","spam"],
             "encoder":{"kind":"hashed-words","size":1024,"hash":"xxh64"},
             "hidden":[16],"initialisation":{"kind":"he-normal"}}""";

    private static double deviation(double[] weights) {
        return Math.sqrt(Arrays.stream(weights).map(w -> w * w).average().orElseThrow());
    }

    @Test
    void drawsTheSameModelFromTheSameSeedOnEveryJdk() {
        Blueprint blueprint = Blueprint.parse(MAIL);

        assertThat(blueprint.model(1).sha256())
                .isEqualTo("e138ff1ee6a04d548cb6d7a061c908cfbd6a9ff7bbe9320036ffc4fa81fc564e");
        assertThat(blueprint.model(1).sha256()).isEqualTo(blueprint.model(1).sha256());
        assertThat(blueprint.model(2).sha256()).isNotEqualTo(blueprint.model(1).sha256());
    }

    @Test
    void heNormalFollowsTheNumberOfInputs() {
        Layer hidden = Blueprint.parse(MAIL).model(1).network().layers().get(0);

        assertThat(hidden.activation()).isEqualTo(Activation.RELU);
        assertThat(deviation(hidden.weights())).isCloseTo(Math.sqrt(2.0 / 1024), Offset.offset(0.001));
        assertThat(hidden.bias()).containsOnly(0);
    }

    @Test
    void normalHasOneDeviation() {
        String blueprint = MAIL.replace("\"he-normal\"", "\"normal\",\"scale\":0.01");

        Layer hidden = Blueprint.parse(blueprint).model(1).network().layers().get(0);

        assertThat(deviation(hidden.weights())).isCloseTo(0.01, Offset.offset(0.0005));
    }

    @Test
    void refusesWhatIsTooLargeBeforeMakingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Blueprint.parse(MAIL.replace("[16]", "[9000000]")))
                .withMessage("weights: 9234000000 (expected: at most 10000000)");
    }

    @Test
    void refusesUnknownKinds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Blueprint.parse(MAIL.replace("he-normal", "zeros")))
                .withMessageStartingWith("blueprint.initialisation.kind: zeros ");
    }
}
