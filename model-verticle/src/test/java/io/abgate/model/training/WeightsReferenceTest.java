package io.abgate.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.model.dense.DenseFormat;
import io.abgate.model.dense.DenseModel;
import io.abgate.model.dense.Layer;
import io.abgate.model.dense.Network;
import io.abgate.registry.contract.TrainOrder.Plan;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of {@code reference/weights.json}. */
class WeightsReferenceTest {
    private static final Offset<Double> SAME = Offset.offset(1e-12);

    @ParameterizedTest
    @ValueSource(strings = {"M0", "M1", "noisy"})
    void artifactKeepsEveryBitOfTheWeights(String name) {
        DenseModel model = Reference.model(Reference.rotated(Reference.start(name)));

        DenseModel read = (DenseModel) new DenseFormat().read(model.artifact());

        for (int i = 0; i < 2; i++) {
            Layer layer = model.network().layers().get(i);
            assertThat(read.network().layers().get(i).weights()).containsExactly(layer.weights());
            assertThat(read.network().layers().get(i).bias()).containsExactly(layer.bias());
        }
        assertThat(read.sha256()).isEqualTo(model.sha256());
    }

    @Test
    void shapesAreThoseThatTheFileStates() {
        JsonNode file = Reference.read("weights.json");
        Network start = Reference.start("M0");

        assertThat(Reference.words())
                .hasSize(Reference.WORDS)
                .startsWith("the", "cat")
                .endsWith("teh", "z");
        assertThat(Reference.words().indexOf("unknown"))
                .isEqualTo(file.get("unknown_id").intValue() - 1);
        assertThat(start.inputs()).isEqualTo(file.get("vector_length").intValue());
        assertThat(start.layers().get(0).outputs()).isEqualTo(file.get("hidden").intValue());
        for (Layer layer : start.layers()) {
            assertThat(layer.bias()).containsOnly(0);
        }
        assertThat(file.at("/unit_noise/Z1")).hasSize(24).allMatch(row -> row.size() == 12);
        assertThat(file.at("/unit_noise/Z2")).hasSize(12).allMatch(row -> row.size() == 24);
    }

    @Test
    void secondModelIsTheFirstAfterItsTraining() {
        assertThat(Reference.read("weights.json").get("M1").asText())
                .isEqualTo("training.json runs.B_200_epochs_lr_0.5.final");

        Network trained = new Trainer(new Plan(200, 0.5, 0, 0))
                .train(Reference.start("M0"), Reference.samples(), Progress.NONE)
                .network();

        for (int i = 0; i < 2; i++) {
            assertThat(trained.layers().get(i).weights())
                    .containsExactly(Reference.start("M1").layers().get(i).weights(), SAME);
        }
    }
}
