package io.abgate.registry.policy.labels;

import io.abgate.registry.domain.Check;
import io.abgate.registry.evidence.StratifiedOdds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How labels come to the versions of one model: the fold of its predictions and labels in ledger order. Not safe for use
 * by several threads.
 *
 * <p>Predictions of a time are compared once, when they are as old as labels take to come: by then labels must have come
 * to as large a part of one version's as of another's made at the same time, and must be right as often where they were
 * asked for by lot as where they were not. Either may differ by chance with a probability of at most {@link #ALPHA}
 * for a pair of versions, or a version, over all time.
 */
public final class LabelRecord {
    /** Probability that labels without fault are found to depend on something, for each thing that they might. */
    public static final double ALPHA = .01;

    /** Lags below this many tell nothing of how long labels take. */
    static final int ENOUGH = 200;

    static final double PART = .95;
    private static final long STRATUM_MILLIS = 60_000;

    private final long maturityMillis;
    private final NavigableMap<Integer, VersionLabels> versions = new TreeMap<>();
    private final Map<Arms, StratifiedOdds> arms = new HashMap<>();
    private Cohorts cohorts = new Cohorts();
    private LagHistogram lags = new LagHistogram();
    private @Nullable Cohort comparing;
    private long nowMillis = Long.MIN_VALUE;
    private long countedMillis;

    /** Two versions, the smaller number first. */
    private record Arms(int first, int second) {
        static Arms of(int one, int other) {
            return new Arms(Math.min(one, other), Math.max(one, other));
        }
    }

    /** A record of labels that count as complete no sooner than {@code maturityMillis} after their predictions. */
    public LabelRecord(long maturityMillis) {
        Check.that(maturityMillis >= 0, "maturityMillis", maturityMillis, "a number from 0");
        this.maturityMillis = maturityMillis;
    }

    /**
     * Predictions were made.
     *
     * @param version that the split assigned them to; those that went by the split alone
     * @param atMillis when they were counted
     * @param count of rows since they were last counted
     */
    public void predicted(int version, long atMillis, long count) {
        Check.that(count >= 0, "count", count, "a number from 0");
        goOn(atMillis, true);
        countedMillis = Math.max(countedMillis, atMillis);
        of(version).predicted();
        cohorts.at(atMillis - 1)
                .ifPresent(cohort -> cohort.put(version, cohort.cell(version).predicted(count)));
    }

    /** The label of a prediction is asked for, by lot. */
    public void asked(int version, long predictedMillis) {
        if (of(version).counts(predictedMillis)) {
            cohorts.begin(predictedMillis);
            of(version).asked();
            cohorts.at(predictedMillis)
                    .ifPresent(
                            cohort -> cohort.put(version, cohort.cell(version).asked(1)));
        }
    }

    /** The label that counts has come. */
    public void labelled(Labelled label) {
        // where predictions are counted, their times end where a count does
        goOn(label.atMillis(), countedMillis < label.atMillis() - Cohorts.REACH_MILLIS);
        VersionLabels version = of(label.version());
        if (!version.counts(label.predictedMillis())) {
            return;
        }
        lags.add(label.lagMillis());
        Cohort cohort = cohorts.at(label.predictedMillis()).orElse(null);
        version.labelled(label, cohort != null && cohort.isCompared());
        if (cohort != null) {
            cohort.put(label.version(), cohort.cell(label.version()).labelled(label.score(), label.asked()));
        }
    }

    /** A label that corrects one has come. */
    public void corrected(int version) {
        of(version).corrected();
    }

    /** A label has come too late to count at all. */
    public void expired(int version) {
        of(version).expired();
    }

    /** Labels of these versions were withdrawn: predictions from now on count, and none before. */
    public void withdraw(Set<Integer> affected) {
        for (int version : affected) {
            if (versions.containsKey(version)) {
                versions.put(version, new VersionLabels(version, nowMillis));
            }
            cohorts.forget(version);
            if (comparing != null) {
                comparing.cells.remove(version);
            }
            arms.keySet().removeIf(pair -> pair.first == version || pair.second == version);
        }
    }

    private VersionLabels of(int version) {
        return versions.computeIfAbsent(version, first -> new VersionLabels(version, Long.MIN_VALUE));
    }

    private void goOn(long atMillis, boolean mayClose) {
        nowMillis = Math.max(nowMillis, atMillis);
        cohorts.begin(nowMillis);
        if (mayClose && cohorts.advance(nowMillis)) {
            horizonMillis().ifPresent(this::compare);
        }
    }

    /** How old predictions must be for their labels to be there: as operators say, and as the lags seen do. */
    private OptionalLong horizonMillis() {
        OptionalLong seen = lags.quantileMillis(PART, ENOUGH);
        return seen.isPresent() || maturityMillis > 0
                ? OptionalLong.of(Math.max(maturityMillis, seen.orElse(0)))
                : OptionalLong.empty();
    }

    private void compare(long horizonMillis) {
        for (Cohort cohort : cohorts.closed()) {
            if (!cohort.isCompared() && cohort.toMillis() <= nowMillis - horizonMillis) {
                cohort.compared();
                gather(cohort);
            }
        }
    }

    /** Reports of predictions come every few seconds, so that a stratum is many times as long. */
    private void gather(Cohort cohort) {
        if (comparing == null) {
            comparing = new Cohort(cohort.fromMillis, cohort.toMillis());
        }
        comparing.absorb(cohort);
        if (comparing.toMillis() - comparing.fromMillis >= STRATUM_MILLIS) {
            compare(comparing);
            comparing = null;
        }
    }

    private void compare(Cohort stratum) {
        List<Integer> numbers = new ArrayList<>(stratum.cells.keySet());
        for (int i = 0; i < numbers.size(); i++) {
            Cell cell = stratum.cell(numbers.get(i));
            of(numbers.get(i)).compare(cell);
            for (int j = i + 1; j < numbers.size(); j++) {
                compare(Arms.of(numbers.get(i), numbers.get(j)), cell, stratum.cell(numbers.get(j)));
            }
        }
    }

    private void compare(Arms pair, Cell first, Cell second) {
        if (first.predicted() > 0 && second.predicted() > 0) {
            arms.computeIfAbsent(pair, absent -> new StratifiedOdds())
                    .stratum(first.all(), first.labelled(), second.all(), second.labelled());
        }
    }

    /** Which labels may speak for a version in a comparison of these two. */
    public LabelTrust trust(int fresh, int control) {
        StratifiedOdds coverage = arms.get(Arms.of(fresh, control));
        if (coverage != null && coverage.rejects(ALPHA)) {
            return new LabelTrust(
                    "labels come to unequal parts of the predictions of versions " + fresh + " and " + control);
        }
        for (int version : List.of(fresh, control)) {
            VersionLabels known = versions.get(version);
            if (known != null && known.outcomes().rejects(ALPHA)) {
                return new LabelTrust("labels of version " + version
                        + " depend on its being right: those asked for by lot say otherwise than the rest");
            }
        }
        return LabelTrust.ALL;
    }

    /** What is known of a version's labels at a time; nothing where there were neither predictions nor labels. */
    public LabelFigures figures(int version, long atMillis) {
        VersionLabels known = versions.getOrDefault(version, new VersionLabels(version, nowMillis));
        return new Figures(known, version, maturityMillis, Math.max(nowMillis, atMillis))
                .of(cohorts.aged(nowMillis).toList());
    }

    /** This record as it is now. */
    public LabelSnapshot snapshot() {
        List<LabelSnapshot.Arms> pairs = new ArrayList<>();
        arms.forEach((pair, odds) -> pairs.add(new LabelSnapshot.Arms(pair.first, pair.second, odds.snapshot())));
        pairs.sort(Comparator.comparingInt(LabelSnapshot.Arms::first).thenComparingInt(LabelSnapshot.Arms::second));
        return new LabelSnapshot(
                nowMillis,
                countedMillis,
                lags.snapshot(),
                versions.values().stream().map(VersionLabels::snapshot).toList(),
                cohorts.snapshot(),
                cohorts.openSnapshot(),
                comparing == null ? null : LabelSnapshot.Part.of(comparing),
                pairs);
    }

    /** The record of which a snapshot was taken. */
    public static LabelRecord restored(long maturityMillis, LabelSnapshot snapshot) {
        LabelRecord labels = new LabelRecord(maturityMillis);
        labels.nowMillis = snapshot.nowMillis();
        labels.countedMillis = snapshot.countedMillis();
        labels.lags = LagHistogram.restored(snapshot.lags());
        snapshot.versions().forEach(version -> labels.versions.put(version.version(), VersionLabels.restored(version)));
        labels.cohorts = Cohorts.restored(snapshot.closed(), snapshot.open());
        LabelSnapshot.Part part = snapshot.comparing();
        labels.comparing = part == null ? null : part.cohort();
        snapshot.arms()
                .forEach(pair -> labels.arms.put(
                        new Arms(pair.first(), pair.second()), StratifiedOdds.restored(pair.coverage())));
        return labels;
    }
}
