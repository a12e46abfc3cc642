package io.abgate.loadtest.statistics;

/**
 * What a difference says of a candidate.
 *
 * <p>Equivalent by two one-sided tests (Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15, 1987): both
 * reject, at level alpha each, that the difference is as large as the margin; the same as an interval of confidence
 * 1 − 2 alpha inside the margin. That goes first: a difference may be certain and yet too small to matter.
 */
public enum Verdict {
    BETTER,
    WORSE,
    EQUIVALENT,
    /** The data do not tell. */
    UNDECIDED;

    /**
     * The verdict of a difference.
     *
     * @param margin the smallest difference that matters, above 0
     * @param moreIsBetter as for accuracy; not for latency
     */
    public static Verdict of(Difference difference, double margin, boolean moreIsBetter) {
        if (difference.narrow().lower() > -margin && difference.narrow().upper() < margin) {
            return EQUIVALENT;
        }
        if (difference.interval().lower() > 0) {
            return moreIsBetter ? BETTER : WORSE;
        }
        if (difference.interval().upper() < 0) {
            return moreIsBetter ? WORSE : BETTER;
        }
        return UNDECIDED;
    }

    /** In lower case, as people read it. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
