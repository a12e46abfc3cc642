package io.abgate.model.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.model.dense.Network;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SameWeightsTest {
    private static final Offset<Double> SAME = Offset.offset(1e-12);

    @ParameterizedTest
    @EnumSource(Workload.Kind.class)
    void everyTrainerGivesTheSameWeights(Workload.Kind kind) {
        Workload workload = kind.load().fullBatch(3);
        Network ours = Training.By.ABGATE.of(workload).train();

        assertSameWeights(Training.By.DENSE_LOOPS.of(workload).train(), ours);
        assertSameWeights(Training.By.OJALGO.of(workload).train(), ours);
    }

    private static void assertSameWeights(Network actual, Network expected) {
        for (int i = 0; i < 2; i++) {
            assertThat(actual.layers().get(i).weights())
                    .containsExactly(expected.layers().get(i).weights(), SAME);
            assertThat(actual.layers().get(i).bias())
                    .containsExactly(expected.layers().get(i).bias(), SAME);
        }
    }
}
