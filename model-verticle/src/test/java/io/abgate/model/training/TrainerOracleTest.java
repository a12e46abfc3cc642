package io.abgate.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.model.dense.Layer;
import io.abgate.model.dense.Network;
import io.abgate.registry.contract.TrainOrder.Plan;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.ann.ArtificialNeuralNetwork;
import org.ojalgo.ann.ArtificialNeuralNetwork.Activator;
import org.ojalgo.ann.NetworkTrainer;
import org.ojalgo.array.ArrayR064;
import org.ojalgo.data.DataBatch;

class TrainerOracleTest {
    @ParameterizedTest(name = "{0} distinct inputs")
    @ValueSource(ints = {1, 5, SmallTraining.ROWS})
    void descendsAsOjalgosOwnTrainerDoes(int distinct) {
        NetworkTrainer theirs = theirs();
        DataBatch inputs = theirs.newInputBatch();
        DataBatch truths = theirs.newOutputBatch();
        double[][] rows = SmallTraining.inputs();
        List<Sample> samples = new ArrayList<>();
        for (int row = 0; row < SmallTraining.ROWS; row++) {
            inputs.addRow(ArrayR064.wrap(rows[row % distinct]));
            truths.addRowWithSingleUnit(row % 3);
            samples.add(SmallTraining.sample(rows[row % distinct], row % 3));
        }
        for (int epoch = 0; epoch < 50; epoch++) {
            theirs.train(inputs, truths);
        }

        Network ours = new Trainer(new Plan(50, 0.4, 0, 0))
                .train(SmallTraining.MODEL.network(), samples, Progress.NONE)
                .network();

        assertSameWeights(ours, theirs.get());
    }

    private static NetworkTrainer theirs() {
        NetworkTrainer trainer = ArtificialNeuralNetwork.builder(4)
                .layer(5, Activator.RELU)
                .layer(3, Activator.SOFTMAX)
                .get()
                .newTrainer(SmallTraining.ROWS)
                .rate(0.4 / SmallTraining.ROWS);
        for (int i = 0; i < 2; i++) {
            Layer layer = SmallTraining.MODEL.network().layers().get(i);
            for (int to = 0; to < layer.outputs(); to++) {
                trainer.bias(i, to, layer.bias()[to]);
                for (int from = 0; from < layer.inputs(); from++) {
                    trainer.weight(i, from, to, layer.weights()[from * layer.outputs() + to]);
                }
            }
        }
        return trainer;
    }

    private static void assertSameWeights(Network ours, ArtificialNeuralNetwork theirs) {
        Offset<Double> same = Offset.offset(1e-12);
        for (int i = 0; i < 2; i++) {
            Layer layer = ours.layers().get(i);
            for (int to = 0; to < layer.outputs(); to++) {
                assertThat(layer.bias()[to]).isCloseTo(theirs.getBias(i, to), same);
                for (int from = 0; from < layer.inputs(); from++) {
                    assertThat(layer.weights()[from * layer.outputs() + to])
                            .isCloseTo(theirs.getWeight(i, from, to), same);
                }
            }
        }
    }
}
