package io.abgate.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.model.dense.Activation;
import io.abgate.model.dense.Features;
import io.abgate.model.dense.Layer;
import io.abgate.model.dense.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GradientTest {
    private static final double STEP = 1e-6;

    private static Network network(Activation hidden) {
        Random random = new Random(5);
        List<Layer> layers =
                List.of(new Layer(hidden, 3, 4), new Layer(hidden, 4, 4), new Layer(Activation.SOFTMAX, 4, 3));
        for (Layer layer : layers) {
            Arrays.setAll(layer.weights(), i -> random.nextGaussian());
            Arrays.setAll(layer.bias(), i -> 0.1 * random.nextGaussian());
        }
        return new Network(layers);
    }

    private static MergedSample sample() {
        Features row = new Features();
        row.add(0, 0.7);
        row.add(2, -1.3);
        return MergedSample.of(new Sample(row, 1));
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void everyActivationHasTheGradientThatDifferencesShow(Activation hidden) {
        Network network = network(hidden);
        Network stepped = network.copy();
        BackPropagation gradient = new BackPropagation(stepped);
        gradient.add(sample());
        gradient.descend(1);

        for (int layer = 0; layer < 3; layer++) {
            double[] before = network.layers().get(layer).weights();
            double[] after = stepped.layers().get(layer).weights();
            for (int i = 0; i < before.length; i++) {
                assertThat(before[i] - after[i])
                        .as("layer %s weight %s", layer, i)
                        .isCloseTo(difference(network, layer, i), Offset.offset(1e-8));
            }
        }
    }

    private static double difference(Network network, int layer, int weight) {
        return (loss(network, layer, weight, STEP) - loss(network, layer, weight, -STEP)) / (2 * STEP);
    }

    private static double loss(Network network, int layer, int weight, double step) {
        Network moved = network.copy();
        moved.layers().get(layer).weights()[weight] += step;
        return new BackPropagation(moved).add(sample());
    }
}
