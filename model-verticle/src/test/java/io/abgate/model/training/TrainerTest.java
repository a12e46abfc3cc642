package io.abgate.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.abgate.model.dense.Network;
import io.abgate.registry.contract.TrainOrder.Plan;
import io.abgate.registry.domain.Stopping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainerTest {
    private static Trained train(Plan plan) {
        return new Trainer(plan).train(SmallTraining.MODEL.network(), SmallTraining.samples(), Progress.NONE);
    }

    private static Network network(Trained trained) {
        return Objects.requireNonNull(trained.network());
    }

    @Test
    void sameSeedGivesTheSameBitsOnEveryJdk() {
        String sha = SmallTraining.MODEL
                .with(network(train(new Plan(30, 0.3, 5, 42))))
                .sha256();

        assertThat(sha).isEqualTo("4b78ae1905ea8b4dc3ddf87ef2bd621aa04ac43ca6a9c43bffebf7e161b22719");
        assertThat(SmallTraining.MODEL
                        .with(network(train(new Plan(30, 0.3, 5, 42))))
                        .sha256())
                .isEqualTo(sha);
        assertThat(SmallTraining.MODEL
                        .with(network(train(new Plan(30, 0.3, 5, 43))))
                        .sha256())
                .isNotEqualTo(sha);
    }

    @Test
    void mergedInputsGiveTheSameBitsOnEveryJdk() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            samples.add(SmallTraining.sample(SmallTraining.inputs()[i % 7], i % 3));
        }
        Network trained = network(
                new Trainer(new Plan(30, 0.3, 0, 0)).train(SmallTraining.MODEL.network(), samples, Progress.NONE));

        assertThat(SmallTraining.MODEL.with(trained).sha256())
                .isEqualTo("8dce37da64b9c35c196dc73daedea0e4332667e307e9de2772f713ba31cf85cb");
    }

    @ParameterizedTest
    @CsvSource({"3, 0.5, 0, 0", "30, 0.5, 5, 0", "30, 1e6, 5, 0", "50, 1e308, 0, 0", "30, 0.5, 5, 2"})
    void neverChangesABitOfTheWeightsItStartsFrom(int epochs, double rate, int batch, int watchedOneIn) {
        Network start = SmallTraining.MODEL.network();
        List<double[]> before = bits(start);

        train(new Plan(epochs, rate, batch, 0, new Stopping(watchedOneIn, 1, 3, 3)));

        assertThat(bits(start)).usingElementComparator(Arrays::compare).containsExactlyElementsOf(before);
        assertThat(SmallTraining.MODEL.with(start).sha256()).isEqualTo(SmallTraining.MODEL.sha256());
    }

    private static List<double[]> bits(Network network) {
        return network.layers().stream()
                .flatMap(
                        layer -> Stream.of(layer.weights().clone(), layer.bias().clone()))
                .toList();
    }

    @Test
    void shorterLastBatchHasItsOwnMean() {
        Sample first = SmallTraining.sample(new double[] {1, 0, 0, 0}, 0);
        Sample second = SmallTraining.sample(new double[] {1, 0, 0, 0}, 0);
        Sample third = SmallTraining.sample(new double[] {1, 0, 0, 0}, 0);

        Network batches = network(new Trainer(new Plan(1, 0.5, 2, 0))
                .train(SmallTraining.MODEL.network(), List.of(first, second, third), Progress.NONE));
        Network steps = network(new Trainer(new Plan(2, 0.5, 0, 0))
                .train(SmallTraining.MODEL.network(), List.of(first), Progress.NONE));

        for (int i = 0; i < 2; i++) {
            assertThat(batches.layers().get(i).weights())
                    .containsExactly(steps.layers().get(i).weights(), Offset.offset(1e-15));
        }
    }

    @Test
    void reportsEveryPassWithItsLoss() {
        List<Double> losses = new ArrayList<>();

        Trained trained = new Trainer(new Plan(20, 0.5, 4, 1))
                .train(SmallTraining.MODEL.network(), SmallTraining.samples(), (epoch, of, loss) -> {
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
                .train(
                        SmallTraining.MODEL.network(),
                        List.of(SmallTraining.sample(new double[] {1e3, 1e3, 1e3, 1e3}, 1)),
                        Progress.NONE);

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
                .isThrownBy(() -> new Trainer(new Plan(1, 1, 0, 0))
                        .train(SmallTraining.MODEL.network(), List.of(), Progress.NONE))
                .withMessage("samples: none (expected: at least 1)");
    }
}
