package io.abgate.registry.policy.labels;

import io.abgate.registry.domain.IssuedIds;
import io.abgate.registry.policy.rollout.MaturedUnits;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How labels come to the versions of one model: the fold of its predictions and labels in ledger order. Not safe for use
 * by several threads.
 *
 * <p>Predictions of a time are compared once, when they are as old as labels take to come: by then labels must have come
 * to as large a part of one version's as of another's made at the same time, and must be right as often where they were
 * asked for by lot as where they were not. Either may differ by chance with a probability of at most {@link #ALPHA}
 * for a pair of versions, or a version, over all time.
 *
 * <p>Counts of predictions come seconds later than the first of their labels. So both are kept by the time in the ids and
 * by the process that gave them, and of a time those processes are compared that have told of all of it: then every
 * labelled prediction is among those that were counted. A process that died, or is cut off, is left out for as long, and
 * as that says nothing of which versions its labels came to, the rest is as good as before.
 */
public final class LabelRecord {
    /** Probability that labels without fault are found to depend on something, for each thing that they might. */
    public static final double ALPHA = .01;

    /** Lags below this many tell nothing of how long labels take. */
    static final int ENOUGH = 200;

    static final double PART = .95;

    private final LabelTimes times;
    private final NavigableMap<Integer, VersionLabels> versions = new TreeMap<>();
    private Told told = new Told();
    private Cohorts cohorts = new Cohorts();
    private Strata strata = new Strata();
    private LagHistogram lags = new LagHistogram();
    private long nowMillis = Long.MIN_VALUE;

    public LabelRecord(LabelTimes times) {
        this.times = times;
    }

    /** A process told which ids it had given; by the ledger at this time. */
    public void predicted(IssuedIds ids, long atMillis) {
        told.tells(ids.process(), ids.untilMillis(), atMillis);
        for (IssuedIds.Rows rows : ids.rows()) {
            VersionLabels version = of(rows.version());
            if (version.counts(rows.fromMillis())) {
                version.predicted(rows.rows());
                count(new Maker(ids.process(), rows.version()), rows.fromMillis(), Cell.NONE.predicted(rows.rows()));
            }
        }
        goOn(atMillis);
    }

    /** The label of a prediction is asked for, by lot. */
    public void asked(long process, int version, long predictedMillis) {
        if (of(version).counts(predictedMillis)) {
            of(version).asked();
            count(new Maker(process, version), predictedMillis, Cell.NONE.asked(1));
        }
    }

    /** The label that counts has come. */
    public void labelled(Labelled label) {
        goOn(label.atMillis());
        VersionLabels version = of(label.version());
        if (!version.counts(label.predictedMillis())) {
            return;
        }
        lags.add(label.lagMillis());
        version.labelled(label, cohorts.isCompared(label.predictedMillis()));
        count(label.maker(), label.predictedMillis(), Cell.NONE.labelled(label.score(), label.asked()));
    }

    /** A place of the grid in which a version began anew stays empty, as it is counted as a whole. */
    private void count(Maker maker, long predictedMillis, Cell more) {
        if (!of(maker.version()).counts(IssuedIds.gridMillis(predictedMillis))) {
            return;
        }
        if (!cohorts.isCompared(predictedMillis)) {
            Cohort cohort = cohorts.waiting(predictedMillis, Math.max(nowMillis, predictedMillis));
            cohort.put(maker, cohort.cell(maker).plus(more));
        } else if (more.predicted() == 0 && told.isTold(maker.process(), predictedMillis + 1)) {
            cohorts.compared(predictedMillis)
                    .ifPresent(cohort -> cohort.put(
                            maker.whoever(), cohort.cell(maker.whoever()).plus(more)));
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
            strata.forget(version);
        }
    }

    private VersionLabels of(int version) {
        return versions.computeIfAbsent(version, first -> new VersionLabels(version, Long.MIN_VALUE));
    }

    private void goOn(long atMillis) {
        nowMillis = MaturedUnits.onward(nowMillis, atMillis);
        boolean mayBeDue = cohorts.oldest()
                .filter(oldest -> nowMillis - oldest.toMillis() >= times.maturityMillis())
                .isPresent();
        if (mayBeDue) {
            horizonMillis().ifPresent(this::compare);
        }
    }

    /** How old predictions must be for their labels to be there: as operators say, and as the lags seen do. */
    private OptionalLong horizonMillis() {
        OptionalLong seen = lags.quantileMillis(PART, ENOUGH);
        return seen.isPresent() || times.maturityMillis() > 0
                ? OptionalLong.of(Math.max(times.maturityMillis(), seen.orElse(0)))
                : OptionalLong.empty();
    }

    private void compare(long horizonMillis) {
        Cohort oldest = cohorts.oldest().orElse(null);
        while (oldest != null && isDue(oldest, horizonMillis)) {
            long toMillis = oldest.toMillis();
            strata.add(oldest.apart(process -> told.isTold(process, toMillis)), (version, cell) -> of(version)
                    .compare(cell));
            cohorts.compared(oldest.together(process -> told.isTold(process, toMillis)), nowMillis);
            oldest = cohorts.oldest().orElse(null);
        }
    }

    private boolean isDue(Cohort cohort, long horizonMillis) {
        long ageMillis = nowMillis - cohort.toMillis();
        return ageMillis >= horizonMillis
                && (ageMillis >= times.reachMillis()
                        || told.isAllTold(cohort.processes(), cohort.toMillis(), nowMillis - times.reachMillis()));
    }

    /** Which labels may speak for a version in a comparison of these two. */
    public LabelTrust trust(int fresh, int control) {
        if (strata.areUnequal(fresh, control)) {
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
        Stream<Figures.Aged> compared = cohorts.compared().stream()
                .map(cohort -> new Figures.Aged(cohort.cell(new Maker(Maker.ANY, version)), cohort.toMillis()));
        Stream<Figures.Aged> waiting = cohorts.waiting().stream()
                .map(cohort -> new Figures.Aged(
                        cohort.of(version, process -> told.isTold(process, cohort.toMillis())), cohort.toMillis()));
        return new Figures(known, times.maturityMillis(), Math.max(nowMillis, atMillis))
                .of(Stream.concat(compared, waiting).toList());
    }

    /** This record as it is now. */
    public LabelSnapshot snapshot() {
        return new LabelSnapshot(
                nowMillis,
                lags.snapshot(),
                versions.values().stream().map(VersionLabels::snapshot).toList(),
                told.snapshot(),
                cohorts.snapshot(),
                strata.snapshot());
    }

    /** The record of which a snapshot was taken. */
    public static LabelRecord restored(LabelTimes times, LabelSnapshot snapshot) {
        LabelRecord labels = new LabelRecord(times);
        labels.nowMillis = snapshot.nowMillis();
        labels.lags = LagHistogram.restored(snapshot.lags());
        snapshot.versions().forEach(version -> labels.versions.put(version.version(), VersionLabels.restored(version)));
        labels.told = Told.restored(snapshot.told());
        labels.cohorts = Cohorts.restored(snapshot.cohorts());
        labels.strata = Strata.restored(snapshot.compared());
        return labels;
    }
}
