package io.abgate.registry.policy.labels;

import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.StratifiedOdds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a {@link LabelRecord} goes on from.
 *
 * @param nowMillis the latest time that the ledger told of
 * @param countedMillis when predictions were last counted
 * @param lags of all versions, by bin
 * @param versions by number
 * @param closed oldest first
 * @param comparing what waits to be compared
 * @param arms by their numbers
 */
public record LabelSnapshot(
        long nowMillis,
        long countedMillis,
        List<Long> lags,
        List<Version> versions,
        List<Part> closed,
        @Nullable Part open,
        @Nullable Part comparing,
        List<Arms> arms) {
    /**
     * One version.
     *
     * @param sinceMillis only predictions from then on count
     * @param audit scores of labels that were asked for
     */
    public record Version(
            int version,
            long sinceMillis,
            boolean predictionsKnown,
            long received,
            long late,
            long corrected,
            long expired,
            long asked,
            Counts audit,
            List<Long> lagsRight,
            List<Long> lagsWrong,
            StratifiedOdds.Snapshot outcomes) {}

    /** Predictions of a time, by version. */
    public record Part(long fromMillis, long toMillis, boolean compared, List<Entry> entries) {
        static Part of(Cohort cohort) {
            List<Entry> entries = new ArrayList<>();
            cohort.cells.forEach((version, cell) -> entries.add(Entry.of(version, cell)));
            return new Part(cohort.fromMillis, cohort.toMillis(), cohort.isCompared(), entries);
        }

        Cohort cohort() {
            Cohort cohort = new Cohort(fromMillis, toMillis);
            entries.forEach(entry -> cohort.put(entry.version, entry.cell()));
            if (compared) {
                cohort.compared();
            }
            return cohort;
        }
    }

    /** Predictions of one version within a time; see {@link Cell}. */
    public record Entry(
            int version,
            long predicted,
            long asked,
            double scoreSum,
            long plain,
            long plainRight,
            long audited,
            long auditedRight) {
        static Entry of(int version, Cell cell) {
            return new Entry(
                    version,
                    cell.predicted(),
                    cell.asked(),
                    cell.scoreSum(),
                    cell.plain(),
                    cell.plainRight(),
                    cell.audited(),
                    cell.auditedRight());
        }

        Cell cell() {
            return new Cell(predicted, asked, scoreSum, plain, plainRight, audited, auditedRight);
        }
    }

    /** Whether as many of the one's predictions are labelled as of the other's. */
    public record Arms(int first, int second, StratifiedOdds.Snapshot coverage) {}
}
