package io.abgate.registry.policy.labels;

import io.abgate.registry.evidence.StratifiedOdds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether labels come to as large a part of one version's predictions as of another's. A stratum is what one process
 * predicted within at most a minute: of those predictions, counted by the time in their ids, the labelled ones are some,
 * so that they are drawn without regard to the version unless labels do regard it.
 */
final class Strata {
    /** So many predictions need no more beside them. */
    private static final long ENOUGH = 1_000;

    private final Map<Arms, StratifiedOdds> arms = new HashMap<>();
    private @Nullable Cohort gathered;

    /** Two versions, the smaller number first. */
    private record Arms(int first, int second) {
        static Arms of(int one, int other) {
            return new Arms(Math.min(one, other), Math.max(one, other));
        }
    }

    /** Told of what is compared, by version, whoever made it. */
    interface Outcomes {
        void compare(int version, Cell cell);
    }

    /** Labels of a cohort, the oldest that was not added, are all there, and so are the counts of all but {@link Maker#ANY}. */
    void add(Cohort cohort, Outcomes outcomes) {
        if (gathered != null && cohort.toMillis() - gathered.fromMillis > Cohorts.STRATUM_MILLIS) {
            compare(gathered, outcomes);
            gathered = null;
        }
        if (gathered == null) {
            gathered = new Cohort(cohort.fromMillis, cohort.toMillis());
        }
        gathered.absorb(cohort);
        if (gathered.cells.values().stream().mapToLong(Cell::predicted).sum() >= ENOUGH) {
            compare(gathered, outcomes);
            gathered = null;
        }
    }

    private void compare(Cohort stratum, Outcomes outcomes) {
        Map<Integer, Cell> versions = new TreeMap<>();
        stratum.cells.forEach((maker, cell) -> versions.merge(maker.version(), cell, Cell::plus));
        versions.forEach(outcomes::compare);
        for (long process : stratum.processes().stream().sorted().toList()) {
            compare(stratum, process);
        }
    }

    private void compare(Cohort stratum, long process) {
        List<Maker> makers = stratum.cells.keySet().stream()
                .filter(maker -> maker.process() == process)
                .toList();
        if (makers.stream().anyMatch(maker -> !stratum.cell(maker).isWhole())) {
            return;
        }
        for (int i = 0; i < makers.size(); i++) {
            for (int j = i + 1; j < makers.size(); j++) {
                Cell first = stratum.cell(makers.get(i));
                Cell second = stratum.cell(makers.get(j));
                arms.computeIfAbsent(
                                Arms.of(makers.get(i).version(), makers.get(j).version()),
                                absent -> new StratifiedOdds())
                        .stratum(first.predicted(), first.labelled(), second.predicted(), second.labelled());
            }
        }
    }

    /** Whether labels were found to come to unequal parts of their predictions. */
    boolean areUnequal(int one, int other) {
        StratifiedOdds coverage = arms.get(Arms.of(one, other));
        return coverage != null && coverage.rejects(LabelRecord.ALPHA);
    }

    /** Forgets what is known of a version. */
    void forget(int version) {
        if (gathered != null) {
            gathered.forget(version);
        }
        arms.keySet().removeIf(pair -> pair.first == version || pair.second == version);
    }

    LabelSnapshot.Compared snapshot() {
        List<LabelSnapshot.Arms> pairs = new ArrayList<>();
        arms.forEach((pair, odds) -> pairs.add(new LabelSnapshot.Arms(pair.first, pair.second, odds.snapshot())));
        pairs.sort(Comparator.comparingInt(LabelSnapshot.Arms::first).thenComparingInt(LabelSnapshot.Arms::second));
        return new LabelSnapshot.Compared(gathered == null ? null : LabelSnapshot.Part.of(gathered), pairs);
    }

    static Strata restored(LabelSnapshot.Compared snapshot) {
        Strata strata = new Strata();
        LabelSnapshot.Part part = snapshot.gathered();
        strata.gathered = part == null ? null : part.cohort();
        snapshot.arms()
                .forEach(pair -> strata.arms.put(
                        new Arms(pair.first(), pair.second()), StratifiedOdds.restored(pair.coverage())));
        return strata;
    }
}
