package io.abgate.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MergedSampleTest {
    private static final double[] ONE = {0, 1, 0, 2};
    private static final double[] OTHER = {0, 1, 0, 3};

    @Test
    void equalInputsBecomeOneWithTheCountsOfTheirLabels() {
        List<MergedSample> merged = MergedSample.merge(List.of(
                SmallTraining.sample(ONE, 2),
                SmallTraining.sample(OTHER, 1),
                SmallTraining.sample(ONE, 0),
                SmallTraining.sample(ONE, 2)));

        assertThat(merged).hasSize(2);
        assertThat(merged.get(0).features())
                .isEqualTo(SmallTraining.sample(ONE, 0).features());
        assertThat(merged.get(0).count()).isEqualTo(3);
        assertThat(merged.get(0).truths()).containsExactly(2, 0);
        assertThat(merged.get(0).counts()).containsExactly(2, 1);
        assertThat(merged.get(1).count()).isEqualTo(1);
        assertThat(merged.get(1).truths()).containsExactly(1);
    }

    @Test
    void inputsThatOnlyResembleEachOtherStayApart() {
        assertThat(MergedSample.merge(List.of(
                        SmallTraining.sample(new double[] {1, 0}, 0),
                        SmallTraining.sample(new double[] {0, 1}, 0),
                        SmallTraining.sample(new double[] {1, 1}, 0),
                        SmallTraining.sample(new double[] {Math.nextUp(1), 0}, 0),
                        SmallTraining.sample(new double[] {0, 0}, 0))))
                .hasSize(5)
                .allMatch(sample -> sample.count() == 1);
    }
}
