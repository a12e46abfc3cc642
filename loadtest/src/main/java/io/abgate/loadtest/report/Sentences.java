package io.abgate.loadtest.report;

import io.abgate.loadtest.comparison.Comparison;

/** Says how verdicts came about. */
final class Sentences {
    private Sentences() {}

    static String method(Comparison comparison) {
        String how = comparison.isReplay()
                ? "Every version got the same rows, one right after the other in an order drawn by lot; accuracies are"
                        + " compared over " + Numbers.count(comparison.units()) + " different rows."
                : "The gateway chose who answered; accuracies are compared over " + Numbers.count(comparison.units())
                        + " requests.";
        String chance = " The chance that any verdict says better or worse where there is no difference is at most "
                + Numbers.percent(comparison.alpha()) + ", so each interval has a confidence of "
                + Numbers.percent(1 - comparison.alphaEach()) + ".";
        String equivalent = " Equivalent: two one-sided tests show that the difference is smaller than the margin."
                + " Undecided: the data do not tell.";
        String ratio = comparison
                .sampleRatio()
                .map(one -> " Sample ratio: " + Numbers.ratio(one.counted()) + ", "
                        + (one.isSound() ? "as it should be" : "off") + " (p = " + Numbers.format("%.3g", one.p())
                        + ").")
                .orElse(" The sample ratio was not checked.");
        return how + chance + equivalent + ratio;
    }
}
