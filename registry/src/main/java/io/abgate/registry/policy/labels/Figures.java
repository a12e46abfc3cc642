package io.abgate.registry.policy.labels;

import io.abgate.registry.evidence.KaplanMeier;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Computes what is told of a version's labels at a time. */
final class Figures {
    private static final double HALF = .5;
    /** Fewer labels that were asked for say too little of how many answers are right. */
    private static final int LEAST_AUDITED = 30;

    private static final double[] EDGES = IntStream.range(0, LagHistogram.bins())
            .mapToDouble(LagHistogram::edgeMillis)
            .toArray();

    private final VersionLabels known;
    private final long maturityMillis;
    private final long nowMillis;

    /** The version's predictions of a time of which all was told, the youngest made at {@code toMillis} at the latest. */
    record Aged(Cell cell, long toMillis) {}

    Figures(VersionLabels known, long maturityMillis, long nowMillis) {
        this.known = known;
        this.maturityMillis = maturityMillis;
        this.nowMillis = nowMillis;
    }

    LabelFigures of(List<Aged> cohorts) {
        LabelFigures.Lag lag = lag(cohorts);
        double horizon = Math.max((double) maturityMillis, Double.isNaN(lag.p95Millis()) ? 0 : lag.p95Millis());
        Cell mature = mature(cohorts, horizon);
        boolean isKnown = known.arePredictionsKnown();
        return new LabelFigures(
                known.received(),
                known.late(),
                known.correctedLabels(),
                known.expiredLabels(),
                isKnown ? Optional.of(known.predictedRows()) : Optional.empty(),
                isKnown ? mature.all() : 0,
                isKnown ? mature.labelled() : 0,
                isKnown ? mature.scoreSum() : 0,
                lag,
                asTheyCame(known.lagsRight()),
                asTheyCame(known.lagsWrong()),
                new LabelFigures.Audit(known.askedFor(), known.audit()),
                isKnown ? byOutcome(mature) : Optional.empty());
    }

    private Cell mature(List<Aged> cohorts, double horizon) {
        return cohorts.stream()
                .filter(aged -> nowMillis - aged.toMillis() >= horizon)
                .map(Aged::cell)
                .reduce(Cell.NONE, Cell::plus);
    }

    /** Predictions without a label are censored at the age of the youngest of their time. */
    private LabelFigures.Lag lag(List<Aged> cohorts) {
        long[] events = new long[EDGES.length];
        long[] censored = new long[EDGES.length];
        for (int bin = 0; bin < EDGES.length; bin++) {
            events[bin] = known.lagsRight().count(bin) + known.lagsWrong().count(bin);
        }
        if (known.arePredictionsKnown()) {
            cohorts.forEach(aged -> censored[LagHistogram.bin(nowMillis - aged.toMillis())] +=
                    aged.cell().unlabelled());
        }
        return lag(events, censored);
    }

    private static LabelFigures.Lag asTheyCame(LagHistogram lags) {
        long[] events = new long[EDGES.length];
        for (int bin = 0; bin < EDGES.length; bin++) {
            events[bin] = lags.count(bin);
        }
        return lag(events, new long[EDGES.length]);
    }

    private static LabelFigures.Lag lag(long[] events, long[] censored) {
        KaplanMeier lags = KaplanMeier.of(EDGES, events, censored);
        return new LabelFigures.Lag(
                lags.quantileOfThoseThatCome(HALF),
                lags.quantileOfThoseThatCome(LabelRecord.PART),
                IntStream.range(0, events.length).mapToLong(bin -> events[bin]).sum());
    }

    /** By Bayes: how many answers are right the audit tells, how many labels say so is seen. */
    private static Optional<LabelFigures.ByOutcome> byOutcome(Cell mature) {
        long notAsked = mature.predicted() - mature.asked();
        if (mature.audited() < LEAST_AUDITED || notAsked <= 0 || mature.plain() == 0) {
            return Optional.empty();
        }
        double right = (double) mature.auditedRight() / mature.audited();
        double labelledRight = (double) mature.plainRight() / notAsked;
        double labelledWrong = (double) (mature.plain() - mature.plainRight()) / notAsked;
        return right == 0 || right == 1
                ? Optional.empty()
                : Optional.of(new LabelFigures.ByOutcome(
                        Math.min(1, labelledRight / right), Math.min(1, labelledWrong / (1 - right))));
    }
}
