package io.abgate.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.contract.TrainingCourse.Point;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossCurveTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 199, 200, 201, 400, 5_000, 100_000})
    void holdsFirstAndLastAndNeverTooMany(int epochs) {
        LossCurve curve = new LossCurve();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            curve.add(epoch, epoch, null);
        }
        List<Point> points = curve.points();
        assertThat(points).hasSizeLessThanOrEqualTo(LossCurve.MOST).hasSizeGreaterThanOrEqualTo(Math.min(epochs, 99));
        assertThat(points).extracting(Point::epoch).isSorted().doesNotHaveDuplicates();
        assertThat(points.get(0)).isEqualTo(new Point(1, 1.0, null));
        assertThat(points.get(points.size() - 1).epoch()).isEqualTo(epochs);
    }

    @Test
    void holdsNoLossThatIsNoNumber() {
        LossCurve curve = new LossCurve();
        curve.add(1, Double.NaN, 0.5);
        assertThat(curve.points()).containsExactly(new Point(1, null, 0.5));
    }
}
