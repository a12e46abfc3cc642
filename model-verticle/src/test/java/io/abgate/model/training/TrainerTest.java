package io.abgate.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.abgate.model.dense.Blueprint;
import io.abgate.model.dense.DenseModel;
import io.abgate.model.dense.Features;
import io.abgate.model.dense.Layer;
import io.abgate.model.dense.Network;
import io.abgate.registry.contract.TrainOrder.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ojalgo.ann.ArtificialNeuralNetwork;
import org.ojalgo.ann.ArtificialNeuralNetwork.Activator;
import org.ojalgo.ann.NetworkTrainer;
import org.ojalgo.array.ArrayR064;
import org.ojalgo.data.DataBatch;

class TrainerTest {
    private static final DenseModel MODEL = Blueprint.parse("""
                    {"format":"abgate/dense-v1","labels":["a","b","c"],"hidden":[5],
                     "encoder":{"kind":"numeric","size":4,"scale":1},"initialisation":{"kind":"he-normal"}}""").model(7);
    private static final int ROWS = 23;

    private static double[][] inputs() {
        Random random = new Random(11);
        return Stream.generate(() -> random.doubles(4, -1, 1).toArray())
                .limit(ROWS)
                .toArray(double[][]::new);
    }

    private static Sample sample(double[] input, int truth) {
        Features row = new Features();
        for (int i = 0; i < input.length; i++) {
            row.add(i, input[i]);
        }
        return new Sample(row, truth);
    }

    private static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (double[] input : inputs()) {
            samples.add(sample(input, samples.size() % 3));
        }
        return samples;
    }

    private static Trained train(Plan plan) {
        return new Trainer(plan).train(MODEL.network(), samples(), Progress.NONE);
    }

    private static Network network(Trained trained) {
        return Objects.requireNonNull(trained.network());
    }

    @Test
    void descendsAsOjalgosOwnTrainerDoes() {
        NetworkTrainer theirs = theirs();
        DataBatch inputs = theirs.newInputBatch();
        DataBatch truths = theirs.newOutputBatch();
        double[][] rows = inputs();
        for (int row = 0; row < ROWS; row++) {
            inputs.addRow(ArrayR064.wrap(rows[row]));
            truths.addRowWithSingleUnit(row % 3);
        }
        for (int epoch = 0; epoch < 50; epoch++) {
            theirs.train(inputs, truths);
        }

        Network ours = network(train(new Plan(50, 0.4, 0, 0)));

        assertSameWeights(ours, theirs.get());
    }

    private static NetworkTrainer theirs() {
        NetworkTrainer trainer = ArtificialNeuralNetwork.builder(4)
                .layer(5, Activator.RELU)
                .layer(3, Activator.SOFTMAX)
                .get()
                .newTrainer(ROWS)
                .rate(0.4 / ROWS);
        for (int i = 0; i < 2; i++) {
            Layer layer = MODEL.network().layers().get(i);
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

    @Test
    void sameSeedGivesTheSameBitsOnEveryJdk() {
        String sha = MODEL.with(network(train(new Plan(30, 0.3, 5, 42)))).sha256();

        assertThat(sha).isEqualTo("4b78ae1905ea8b4dc3ddf87ef2bd621aa04ac43ca6a9c43bffebf7e161b22719");
        assertThat(MODEL.with(network(train(new Plan(30, 0.3, 5, 42)))).sha256())
                .isEqualTo(sha);
        assertThat(MODEL.with(network(train(new Plan(30, 0.3, 5, 43)))).sha256())
                .isNotEqualTo(sha);
    }

    @Test
    void neverChangesTheWeightsItStartsFrom() {
        train(new Plan(3, 0.5, 0, 0));

        assertThat(MODEL.with(MODEL.network()).sha256()).isEqualTo(MODEL.sha256());
    }

    @Test
    void shorterLastBatchHasItsOwnMean() {
        Sample first = sample(new double[] {1, 0, 0, 0}, 0);
        Sample second = sample(new double[] {1, 0, 0, 0}, 0);
        Sample third = sample(new double[] {1, 0, 0, 0}, 0);

        Network batches = network(new Trainer(new Plan(1, 0.5, 2, 0))
                .train(MODEL.network(), List.of(first, second, third), Progress.NONE));
        Network steps =
                network(new Trainer(new Plan(2, 0.5, 0, 0)).train(MODEL.network(), List.of(first), Progress.NONE));

        for (int i = 0; i < 2; i++) {
            assertThat(batches.layers().get(i).weights())
                    .containsExactly(steps.layers().get(i).weights(), Offset.offset(1e-15));
        }
    }

    @Test
    void reportsEveryPassWithItsLoss() {
        List<Double> losses = new ArrayList<>();

        Trained trained = new Trainer(new Plan(20, 0.5, 4, 1)).train(MODEL.network(), samples(), (epoch, of, loss) -> {
            assertThat(epoch).isEqualTo(losses.size() + 1);
            assertThat(of).isEqualTo(20);
            losses.add(loss);
        });

        assertThat(losses).hasSize(20);
        assertThat(trained.firstLoss()).isEqualTo(losses.get(0));
        assertThat(trained.lastLoss()).isEqualTo(losses.get(19)).isLessThan(losses.get(0));
    }

    @Test
    void divergenceIsAFailureAndNoNetwork() {
        Trained trained = train(new Plan(50, 1e308, 0, 0));

        assertThat(trained.network()).isNull();
        assertThat(trained.failure()).endsWith("a lower learning rate may help)");
    }

    @Test
    void weightsThatOverflowInTheLastStepAreAFailure() {
        Trained trained = new Trainer(new Plan(1, Double.MAX_VALUE, 0, 0))
                .train(MODEL.network(), List.of(sample(new double[] {1e3, 1e3, 1e3, 1e3}, 1)), Progress.NONE);

        assertThat(trained.network()).isNull();
        assertThat(trained.failure()).startsWith("weights: not finite");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.1, 0, epochs",
        "1, 0, 0, learningRate",
        "1, NaN, 0, learningRate",
        "1, Infinity, 0, learningRate",
        "1, -1, 0, learningRate",
        "1, 0.1, -1, batch"
    })
    void plansThatMakeNoSenseAreRefused(int epochs, double rate, int batch, String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trainer(new Plan(epochs, rate, batch, 0)))
                .withMessageStartingWith(name + ": ");
    }

    @Test
    void trainingOnNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trainer(new Plan(1, 1, 0, 0)).train(MODEL.network(), List.of(), Progress.NONE))
                .withMessage("samples: none (expected: at least 1)");
    }
}
