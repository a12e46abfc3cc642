package io.abgate.registry.policy.labels;

import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.StratifiedOdds;

/** What is known of the labels of one version, whenever its predictions were made. */
final class VersionLabels {
    private final int version;
    private final long sinceMillis;
    private final LagHistogram lagsRight;
    private final LagHistogram lagsWrong;
    private final StratifiedOdds outcomes;
    private long predicted;
    private long received;
    private long late;
    private long corrected;
    private long expired;
    private long asked;
    private Counts audit = Counts.NONE;

    /** Nothing yet; only predictions from {@code sinceMillis} on count. */
    VersionLabels(int version, long sinceMillis) {
        this(version, sinceMillis, new LagHistogram(), new LagHistogram(), new StratifiedOdds());
    }

    private VersionLabels(
            int version, long sinceMillis, LagHistogram lagsRight, LagHistogram lagsWrong, StratifiedOdds outcomes) {
        this.version = version;
        this.sinceMillis = sinceMillis;
        this.lagsRight = lagsRight;
        this.lagsWrong = lagsWrong;
        this.outcomes = outcomes;
    }

    /** Whether a prediction of a time was made after everything began anew. */
    boolean counts(long predictedMillis) {
        return predictedMillis >= sinceMillis;
    }

    void predicted(long rows) {
        predicted += rows;
    }

    void asked() {
        asked++;
    }

    void labelled(Labelled label, boolean isLate) {
        received++;
        late += isLate ? 1 : 0;
        (Labelled.isRight(label.score()) ? lagsRight : lagsWrong).add(label.lagMillis());
        if (label.asked()) {
            audit = audit.plus(label.score());
        }
    }

    void corrected() {
        corrected++;
    }

    void expired() {
        expired++;
    }

    /** Labels of a time are all there: are those that were asked for as often right as the others? */
    void compare(Cell cell) {
        outcomes.stratum(cell.audited(), cell.auditedRight(), cell.plain(), cell.plainRight());
    }

    boolean arePredictionsKnown() {
        return predicted > 0;
    }

    long predictedRows() {
        return predicted;
    }

    long received() {
        return received;
    }

    long late() {
        return late;
    }

    long correctedLabels() {
        return corrected;
    }

    long expiredLabels() {
        return expired;
    }

    long askedFor() {
        return asked;
    }

    Counts audit() {
        return audit;
    }

    LagHistogram lagsRight() {
        return lagsRight;
    }

    LagHistogram lagsWrong() {
        return lagsWrong;
    }

    StratifiedOdds outcomes() {
        return outcomes;
    }

    LabelSnapshot.Version snapshot() {
        return new LabelSnapshot.Version(
                version,
                sinceMillis,
                predicted,
                received,
                late,
                corrected,
                expired,
                asked,
                audit,
                lagsRight.snapshot(),
                lagsWrong.snapshot(),
                outcomes.snapshot());
    }

    static VersionLabels restored(LabelSnapshot.Version snapshot) {
        VersionLabels labels = new VersionLabels(
                snapshot.version(),
                snapshot.sinceMillis(),
                LagHistogram.restored(snapshot.lagsRight()),
                LagHistogram.restored(snapshot.lagsWrong()),
                StratifiedOdds.restored(snapshot.outcomes()));
        labels.predicted = snapshot.predicted();
        labels.received = snapshot.received();
        labels.late = snapshot.late();
        labels.corrected = snapshot.corrected();
        labels.expired = snapshot.expired();
        labels.asked = snapshot.asked();
        labels.audit = snapshot.audit();
        return labels;
    }
}
