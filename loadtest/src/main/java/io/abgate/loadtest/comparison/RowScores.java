package io.abgate.loadtest.comparison;

import io.abgate.loadtest.traffic.Observations;
import io.abgate.registry.evidence.Counts;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/** Mean scores of rows: sending a row again tells nothing new of the rows that were not sent. */
final class RowScores {
    private RowScores() {}

    static Counts of(Observations observations, IntPredicate counts) {
        Map<Integer, Counts> rows = new HashMap<>();
        for (int place = 0; place < observations.size(); place++) {
            if (counts.test(place) && observations.isJudged(place)) {
                Counts one = Counts.NONE.plus(observations.isRight(place) ? 1 : 0);
                rows.merge(observations.row(place), one, RowScores::sum);
            }
        }
        return rows.values().stream().reduce(Counts.NONE, (sum, row) -> sum.plus(row.accuracy()), RowScores::sum);
    }

    private static Counts sum(Counts left, Counts right) {
        return new Counts(left.scoreSum() + right.scoreSum(), left.labels() + right.labels());
    }
}
