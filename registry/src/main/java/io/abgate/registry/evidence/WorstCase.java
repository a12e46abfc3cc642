package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;

/**
 * Where the mean score of all predictions lies although some have no label, whatever those would say.
 *
 * <p>Manski, "Nonparametric bounds on treatment effects", American Economic Review 80(2), 1990: with S the sum of the
 * scores of the n labelled ones of N,
 *
 * <pre>S / N ≤ mean ≤ (S + N − n) / N</pre>
 *
 * <p>Both ends are reached, so without assumptions on who labels nothing narrower holds. It says nothing of chance.
 */
public final class WorstCase {
    private WorstCase() {}

    /**
     * The bounds; all of [0, 1] where there is no prediction.
     *
     * @param scoreSum of the labelled ones, 0 to {@code labelled}
     * @param all at least {@code labelled}
     */
    public static Interval of(double scoreSum, long labelled, long all) {
        Check.that(labelled >= 0 && labelled <= all, "labelled", labelled, "0 to " + all);
        Check.that(scoreSum >= 0 && scoreSum <= labelled, "scoreSum", scoreSum, "0 to " + labelled);
        return all == 0 ? new Interval(0, 1) : new Interval(scoreSum / all, (scoreSum + (all - labelled)) / all);
    }
}
