package io.abgate.model.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.abgate.model.Model;
import io.abgate.model.SmallModels;
import io.abgate.model.StubModel;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightNoiseTest {
    private static final DenseModel MODEL = SmallModels.text(3);
    private static final double SCALE = 0.1;

    /** All weights, layer by layer, input by input. */
    private static double[] weights(Network network) {
        return network.layers().stream()
                .flatMapToDouble(layer -> Arrays.stream(layer.weights()))
                .toArray();
    }

    @Test
    void drawsFromTheSeedLayerByLayerAndLeavesBiasesAlone() {
        Network network = MODEL.network();
        Network noisy = WeightNoise.seeded(network, SCALE, 7);
        Random random = new Random(7);
        double[] before = weights(network);
        double[] expected = Arrays.stream(before)
                .map(weight -> weight + SCALE * random.nextGaussian())
                .toArray();
        assertThat(weights(noisy)).isEqualTo(expected).isNotEqualTo(before);
        for (int i = 0; i < noisy.layers().size(); i++) {
            assertThat(noisy.layers().get(i).bias())
                    .isEqualTo(network.layers().get(i).bias());
        }
    }

    @Test
    void sameSeedGivesTheSameArtifactAndAnotherSeedAnother() {
        assertThat(MODEL.withNoise(SCALE, 7).sha256())
                .isEqualTo(MODEL.withNoise(SCALE, 7).sha256())
                .isNotEqualTo(MODEL.withNoise(SCALE, 8).sha256())
                .isNotEqualTo(MODEL.withNoise(2 * SCALE, 7).sha256());
    }

    @Test
    void takingItBackGivesEveryBitAgainWhereSubtractingDoesNot() {
        byte[] artifact = MODEL.artifact();
        double[] before = weights(MODEL.network());
        DenseModel noisy = MODEL.withNoise(SCALE, 7);

        assertThat(noisy.with(MODEL.network()).sha256()).isEqualTo(MODEL.sha256());
        assertThat(noisy.with(MODEL.network()).artifact()).isEqualTo(artifact);
        assertThat(new DenseFormat().read(artifact).sha256()).isEqualTo(MODEL.sha256());

        Random random = new Random(7);
        double[] subtracted = Arrays.stream(weights(noisy.network()))
                .map(weight -> weight - SCALE * random.nextGaussian())
                .toArray();
        assertThat(subtracted).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE})
    void aScaleThatLeavesNoSoundWeightsIsRefused(double scale) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MODEL.withNoise(scale, 7))
                .withMessageStartingWith("scale: " + scale + " (expected: ");
    }

    @Test
    void aFormatWithoutWeightsRefuses() {
        Model other = StubModel.ofText(MODEL.labels(), MODEL.newRuntime());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.withNoise(SCALE, 7))
                .withMessage("format: stub (expected: one that has weights)");
    }
}
