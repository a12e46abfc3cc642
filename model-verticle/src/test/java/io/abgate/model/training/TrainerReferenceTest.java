package io.abgate.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.model.dense.ForwardPass;
import io.abgate.model.dense.Network;
import io.abgate.registry.contract.TrainOrder.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerReferenceTest {
    private static final Offset<Double> SAME = Offset.offset(1e-9);
    /** The one usable sample of run D: "dog" is followed by "jumped". */
    private static final Sample HARMFUL = new Sample(Reference.input(3), 17);

    @ParameterizedTest
    @CsvSource({
        "A_15_epochs_lr_0.005, M0, 15, 0.005",
        "B_200_epochs_lr_0.5, M0, 200, 0.5",
        "C_recovery_200_epochs_lr_0.5, noisy, 200, 0.5",
        "D_harmful_15_epochs_lr_0.005, noisy, 15, 0.005"
    })
    void lossesAndWeightsAreThoseOfTheExercise(String run, String start, int epochs, double rate) {
        List<Sample> samples = run.startsWith("D") ? List.of(HARMFUL) : Reference.samples();
        List<Double> losses = new ArrayList<>();

        Trained trained = new Trainer(new Plan(epochs, rate, 0, 0))
                .train(Reference.start(start), samples, (epoch, of, loss) -> losses.add(loss));

        JsonNode expected = Reference.run(run);
        assertSameNumbers(losses, expected.get("loss_before_update_at_epoch"));
        assertSameWeights(trained.network(), Reference.network(expected.get("final")));
    }

    private static void assertSameNumbers(List<Double> actual, JsonNode expected) {
        assertThat(actual).hasSize(expected.size());
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i))
                    .as("epoch %s", i)
                    .isCloseTo(expected.get(i).doubleValue(), SAME);
        }
    }

    private static void assertSameWeights(Network actual, Network expected) {
        for (int i = 0; i < 2; i++) {
            assertThat(actual.layers().get(i).weights())
                    .containsExactly(expected.layers().get(i).weights(), SAME);
            assertThat(actual.layers().get(i).bias())
                    .containsExactly(expected.layers().get(i).bias(), SAME);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"M0", "M1"})
    void probabilitiesAreThoseOfTheExercise(String name) {
        ForwardPass pass = new ForwardPass(Reference.start(name));
        JsonNode byInput = Reference.read("predictions.json").at("/models/" + name + "/probabilities_by_input_id");

        for (Map.Entry<String, JsonNode> row : byInput.properties()) {
            double[] expected = IntStream.range(0, 24)
                    .mapToDouble(i -> row.getValue().get(i).doubleValue())
                    .toArray();
            assertThat(pass.run(Reference.input(Integer.parseInt(row.getKey()))))
                    .as("input %s", row.getKey())
                    .containsExactly(expected, SAME);
        }
    }
}
