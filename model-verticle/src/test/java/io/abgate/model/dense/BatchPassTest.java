package io.abgate.model.dense;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchPassTest {
    private static final int INPUTS = 41;

    private static DenseModel model() {
        return Blueprint.parse("""
                        {"format":"abgate/dense-v1","labels":["a","b","c"],
                         "encoder":{"kind":"numeric","size":41,"scale":1},
                         "hidden":[17,9],"initialisation":{"kind":"he-normal"}}""").model(7);
    }

    /** Rows with so great a part of their elements not zero: dense ones, sparse ones, and empty ones. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.8, 0.5, 0.3, 0.05, 0})
    void givesEveryRowTheBitsThatItHasAlone(double part) {
        Network network = model().network();
        BatchPass batch = new BatchPass(network);
        ForwardPass alone = new ForwardPass(network);
        Random random = new Random(5);
        for (int count : new int[] {4, 1, 4, 3, 4, 2}) { // buffers are used again
            for (int row = 0; row < count; row++) {
                fill(batch.row(row), part, random);
            }
            double[][] together = new double[1 + count][];
            batch.run(count, together, 1);
            for (int row = 0; row < count; row++) {
                assertThat(together[1 + row]).isEqualTo(alone.run(batch.row(row)));
            }
        }
    }

    private static void fill(Features row, double part, Random random) {
        row.clear();
        for (int i = 0; i < INPUTS; i++) {
            if (random.nextDouble() < part) {
                row.add(i, random.nextGaussian());
            }
        }
    }
}
