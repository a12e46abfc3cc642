package io.abgate.model.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.abgate.model.ModelRuntime;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Tensor;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DenseRuntimeTest {
    private static DenseModel model(double... weights) {
        Layer layer = new Layer(Activation.SOFTMAX, 1, weights.length);
        System.arraycopy(weights, 0, layer.weights(), 0, weights.length);
        List<String> labels = List.of("a", "b", "c").subList(0, weights.length);
        return new DenseModel(labels, new Numeric(1, 1), new Network(List.of(layer)));
    }

    private static Tensor rows(double... values) {
        return Tensor.ofNumbers("x", Datatype.FP64, List.of((long) values.length, 1L), values);
    }

    @Test
    void answersEveryRowWithProbabilitiesOfItsOwn() {
        PredictReply reply = model(1, 2, 0).newRuntime().predict(rows(1, -1));

        assertThat(reply.labels()).containsExactly("a", "b", "c");
        assertThat(reply.label()).containsExactly(1, 2);
        double total = Math.E + Math.E * Math.E + 1;
        assertThat(reply.confidence()[0]).isCloseTo(Math.E * Math.E / total, Offset.offset(1e-15));
        assertThat(reply.probabilities()[0])
                .containsExactly(
                        new double[] {Math.E / total, Math.E * Math.E / total, 1 / total}, Offset.offset(1e-15));
    }

    @Test
    void equalProbabilitiesGoToTheLowestIndex() {
        assertThat(model(0, 1, 1).newRuntime().predict(rows(1)).label()).containsExactly(1);
    }

    @Test
    void largeSumsDoNotOverflow() {
        PredictReply reply = model(1, 2).newRuntime().predict(rows(1e300));

        assertThat(reply.probabilities()[0]).containsExactly(0, 1);
    }

    @Test
    void probabilityThatIsNotFiniteIsAFailureOfTheModel() {
        ModelRuntime runtime = model(Double.MAX_VALUE, -Double.MAX_VALUE).newRuntime();

        assertThatIllegalStateException()
                .isThrownBy(() -> runtime.predict(rows(1e10)))
                .withMessage("probability of label 0: NaN (expected: a finite number)");
    }

    @Test
    void noRowsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(1, 2).newRuntime().predict(rows()))
                .withMessage("batch: 0 rows (expected: at least 1)");
    }
}
