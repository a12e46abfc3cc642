package io.abgate.registry.evidence;

import io.abgate.registry.domain.Check;

/**
 * Sequential McNemar test: which of two versions is right more often on requests that both answered, looked at after
 * every pair.
 *
 * <p>McNemar, Psychometrika 12, 1947, made sequential by a uniform mixture (Robbins, "Statistical methods related to the
 * law of the iterated logarithm", 1970). With n01 pairs won by the candidate and n10 by the champion,
 *
 * <pre>E = 2^n B(1 + n01, 1 + n10),  n = n01 + n10,
 * each pair a factor  2 (wins of its winner so far + 1) / (n so far + 2)</pre>
 *
 * <p>Proof: if both are equally good then a discordant pair is a fair coin given the past, and E is the likelihood ratio
 * of a coin whose bias is drawn from [0, 1] against the fair one, so a martingale from 1. One-sided: the bias is drawn
 * from [½, 1], which is E · 2 P(Beta(1 + n01, 1 + n10) &gt; ½), and a coin biased the other way only lowers the mean.
 */
public final class McNemar {
    private static final double LN_2 = 0.6931471805599453;
    private static final double NEGLIGIBLE = 1e-17;

    private long candidateWon;
    private long championWon;

    /** The two-sided e-factor of a pair that only one had right, which is then learnt from. */
    public double factor(boolean candidateRight) {
        long wins = candidateRight ? candidateWon : championWon;
        double factor = 2.0 * (wins + 1) / (candidateWon + championWon + 2);
        if (candidateRight) {
            candidateWon++;
        } else {
            championWon++;
        }
        return factor;
    }

    /** n01: pairs that only the candidate had right. */
    public long candidateWon() {
        return candidateWon;
    }

    /** n10: pairs that only the champion had right. */
    public long championWon() {
        return championWon;
    }

    /** The test that has seen so many pairs and no others. */
    public static McNemar restored(long candidateWon, long championWon) {
        Check.that(candidateWon >= 0, "candidateWon", candidateWon, "a number from 0");
        Check.that(championWon >= 0, "championWon", championWon, "a number from 0");
        McNemar test = new McNemar();
        test.candidateWon = candidateWon;
        test.championWon = championWon;
        return test;
    }

    /** Logarithm of the e-value against "both are equally good". */
    public double logE() {
        return LogBeta.of(1.0 + candidateWon, 1.0 + championWon) + (candidateWon + championWon) * LN_2;
    }

    /** Logarithm of the e-value against "the candidate is not better". */
    public double logCandidateBetter() {
        return logE() + LN_2 + logAboveHalf(candidateWon, championWon);
    }

    /** Logarithm of the e-value against "the champion is not better". */
    public double logChampionBetter() {
        return logE() + LN_2 + logAboveHalf(championWon, candidateWon);
    }

    /** ln P(Beta(1 + a, 1 + b) &gt; ½), which is ln P(at most a heads in a + b + 1 tosses of a fair coin). */
    private static double logAboveHalf(long a, long b) {
        return a <= b ? logLowerTail(a, a + b + 1) : StrictMath.log1p(-StrictMath.exp(logLowerTail(b, a + b + 1)));
    }

    /** ln P(at most {@code heads} in {@code tosses}), {@code heads} below the middle: its terms fall geometrically. */
    private static double logLowerTail(long heads, long tosses) {
        double sum = 1;
        double term = 1;
        for (long k = heads; k > 0 && term > NEGLIGIBLE * sum; k--) {
            term *= (double) k / (tosses - k + 1);
            sum += term;
        }
        double logChoices = -StrictMath.log1p((double) tosses) - LogBeta.of(1.0 + heads, 1.0 + tosses - heads);
        return logChoices - tosses * LN_2 + StrictMath.log(sum);
    }
}
