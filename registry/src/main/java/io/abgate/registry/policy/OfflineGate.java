package io.abgate.registry.policy;

import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.ModelSettings.Gate;
import io.abgate.registry.domain.SuiteSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges a trained version on rows that it was not trained on, beside its parent, before anybody is served by it. */
public final class OfflineGate {
    /** Above what rounding can do to a mean of a few ratios, below what one row can do to it. */
    private static final double ROUNDING = 1e-9;

    private static final int MOST_NAMED = 10;

    private OfflineGate() {}

    /**
     * What one rule said.
     *
     * @param gate name of the rule
     * @param says one clause for a person
     */
    public record Finding(String gate, boolean passed, String says) {}

    /** Judges a candidate; without a parent only on its own. */
    public static List<Finding> judge(Evaluation candidate, @Nullable Evaluation parent, Gate limits) {
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(
                "finite", candidate.finite(), candidate.finite() ? "every probability is finite" : "NaN or infinity"));
        findings.add(oneClass(candidate));
        if (parent != null) {
            findings.add(accuracy(candidate, parent, limits.tolerance()));
            if (everyClassHas(candidate, limits.balancedMinimumRows())) {
                findings.add(balancedAccuracy(candidate, parent, limits.balancedTolerance()));
            }
        }
        return List.copyOf(findings);
    }

    /** Judges a candidate by the model's suites; one failed case is enough to refuse it. */
    public static Finding judge(SuiteSummary suites) {
        boolean passed = suites.failed() == 0;
        String counts = (passed ? suites.passed() : suites.failed()) + " of " + suites.cases() + " cases ";
        return new Finding("suites", passed, counts + (passed ? "passed" : "failed: " + named(suites)));
    }

    private static String named(SuiteSummary suites) {
        int unnamed = suites.failed() - MOST_NAMED;
        return suites.failures().stream()
                        .limit(MOST_NAMED)
                        .map(failure -> failure.name() + " (" + failure.reason() + ")")
                        .collect(Collectors.joining(", "))
                + (unnamed > 0 ? " and " + unnamed + " more" : "");
    }

    private static Finding oneClass(Evaluation candidate) {
        long classes =
                candidate.classes().stream().filter(c -> c.score().rows() > 0).count();
        boolean collapsed = candidate.predictedClasses() <= 1 && classes > 1;
        return new Finding(
                "one class",
                !collapsed,
                (candidate.predictedClasses() == 1
                                ? "it predicts one class"
                                : "it predicts " + candidate.predictedClasses() + " classes")
                        + " on data of " + classes);
    }

    private static Finding accuracy(Evaluation candidate, Evaluation parent, double tolerance) {
        int rows = candidate.score().rows();
        boolean passed = !Fall.between(parent.score(), candidate.score()).exceeds(tolerance);
        return new Finding(
                "accuracy",
                passed,
                (passed ? "" : "post-training accuracy fell: ")
                        + candidate.score().right() + " of " + rows
                        + " held-out rows right, its parent "
                        + parent.score().right());
    }

    private static Finding balancedAccuracy(Evaluation candidate, Evaluation parent, double tolerance) {
        double fall = parent.balancedAccuracy() - candidate.balancedAccuracy();
        boolean passed = fall <= tolerance + ROUNDING;
        return new Finding(
                "balanced accuracy",
                passed,
                String.format(
                        Locale.ROOT,
                        "%sbalanced accuracy %.3f, its parent %.3f",
                        passed ? "" : "post-training accuracy fell: ",
                        candidate.balancedAccuracy(),
                        parent.balancedAccuracy()));
    }

    private static boolean everyClassHas(Evaluation candidate, int rows) {
        return candidate.classes().stream().allMatch(c -> c.score().rows() >= rows);
    }
}
