package io.abgate.registry.policy.labels;

import io.abgate.registry.domain.IssuedIds;
import java.util.List;

/** Ids that one process gave, told as soon as their place of the grid is over. */
final class Ids {
    static final long PROCESS = 7;
    static final LabelTimes AT_ONCE = times(0);

    private Ids() {}

    static LabelTimes times(long maturityMillis) {
        return new LabelTimes(maturityMillis, 150_000);
    }

    /** Of one version at one time. */
    static IssuedIds of(int version, long predictedMillis, long rows) {
        long from = IssuedIds.gridMillis(predictedMillis);
        return new IssuedIds(PROCESS, from + IssuedIds.GRID_MILLIS, List.of(new IssuedIds.Rows(from, version, rows)));
    }

    static Labelled label(int version, long predictedMillis, long atMillis, double score) {
        return new Labelled(PROCESS, version, predictedMillis, atMillis, score, false);
    }
}
