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
 * @param lags of all versions, by bin
 * @param versions by number
 * @param told the process that was heard longest ago first
 * @param cohorts of predictions
 * @param compared what came of those that were compared
 */
public record LabelSnapshot(
        long nowMillis, List<Long> lags, List<Version> versions, List<Telling> told, Parts cohorts, Compared compared) {
    /**
     * One version.
     *
     * @param sinceMillis only predictions from then on count
     * @param predicted rows that were counted
     * @param audit scores of labels that were asked for
     */
    public record Version(
            int version,
            long sinceMillis,
            long predicted,
            long received,
            long late,
            long corrected,
            long expired,
            long asked,
            Counts audit,
            List<Long> lagsRight,
            List<Long> lagsWrong,
            StratifiedOdds.Snapshot outcomes) {}

    /** Of which time's ids a process told, and when, by the ledger. */
    public record Telling(long process, long untilMillis, long atMillis) {}

    /** Cohorts that were compared, all before the frontier, and those that were not; oldest first. */
    public record Parts(long frontierMillis, List<Part> compared, List<Part> waiting) {}

    /** What waits for the end of its stratum, and of those that have ended, by the versions' numbers. */
    public record Compared(@Nullable Part gathered, List<Arms> arms) {}

    /** Predictions of a time, by who made them. */
    public record Part(long fromMillis, long toMillis, List<Entry> entries) {
        static Part of(Cohort cohort) {
            List<Entry> entries = new ArrayList<>();
            cohort.cells.forEach((maker, cell) -> entries.add(Entry.of(maker, cell)));
            return new Part(cohort.fromMillis, cohort.toMillis(), entries);
        }

        Cohort cohort() {
            Cohort cohort = new Cohort(fromMillis, toMillis);
            entries.forEach(entry -> cohort.put(new Maker(entry.process, entry.version), entry.cell()));
            return cohort;
        }
    }

    /** Predictions of one process and version within a time; see {@link Cell}. */
    public record Entry(
            long process,
            int version,
            long predicted,
            long asked,
            double scoreSum,
            long plain,
            long plainRight,
            long audited,
            long auditedRight) {
        static Entry of(Maker maker, Cell cell) {
            return new Entry(
                    maker.process(),
                    maker.version(),
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
