package io.abgate.model.training;

import io.abgate.registry.contract.TrainingCourse.Point;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The losses of a training, pass by pass: every second one is forgotten whenever there are too many. */
final class LossCurve {
    static final int MOST = 200;

    private final List<Point> points = new ArrayList<>();
    private @Nullable Point last;
    private int stride = 1;

    void add(int epoch, double loss, @Nullable Double watched) {
        Point point = new Point(epoch, Double.isFinite(loss) ? (Double) loss : null, watched);
        last = point;
        if ((epoch - 1) % stride == 0) {
            points.add(point);
        }
        if (points.size() == MOST) {
            stride *= 2;
            points.removeIf(kept -> (kept.epoch() - 1) % stride != 0);
        }
    }

    /** At most {@link #MOST}, with the first pass and the last. */
    List<Point> points() {
        List<Point> all = new ArrayList<>(points);
        if (last != null && !all.contains(last)) {
            all.add(last);
        }
        return List.copyOf(all);
    }
}
