package io.abgate.registry.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one version made of the cases of its suites, a row each, in their order. */
public record SuiteReport(List<Row> rows) {
    public SuiteReport {
        rows = List.copyOf(rows);
    }

    /** What a run comes to. */
    public enum Verdict {
        /** Every case passed. */
        PASSED("passed"),
        FAILED("failed"),
        /** There was nothing to run, which says nothing about the version. */
        NO_CASES("no cases");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** As people and programs read it. */
        public String word() {
            return word;
        }
    }

    /**
     * What became of one case.
     *
     * @param suite of the case
     * @param category of the case
     * @param id of the case
     * @param input of the case, a row as JSON text
     * @param output the predicted label; absent when there was none
     * @param confidence probability of that label; absent when it is not finite or there was no answer
     * @param timeMillis how long the model took, by a monotonic clock
     * @param passed whether it was as expected
     * @param reason why it failed, or how the model refused where it was to; absent when nothing is to be said
     */
    public record Row(
            String suite,
            String category,
            String id,
            String input,
            @Nullable String output,
            @Nullable Double confidence,
            double timeMillis,
            boolean passed,
            @Nullable String reason) {
        /** Suite, category and id, as people know the case. */
        public String name() {
            return suite + "/" + category + "/" + id;
        }
    }

    /** How many cases passed. */
    public int passed() {
        return (int) rows.stream().filter(Row::passed).count();
    }

    /** How many cases failed: passed and failed are all rows. */
    public int failed() {
        return rows.size() - passed();
    }

    /** What it comes to. */
    public Verdict verdict() {
        if (rows.isEmpty()) {
            return Verdict.NO_CASES;
        }
        return failed() == 0 ? Verdict.PASSED : Verdict.FAILED;
    }

    /** The share of cases that passed, in [0, 1]; absent when there are none. */
    public @Nullable Double successRate() {
        return rows.isEmpty() ? null : (double) passed() / rows.size();
    }

    /** What an offline gate needs to know of it. */
    public SuiteSummary summary() {
        return new SuiteSummary(
                passed(),
                rows.stream()
                        .filter(row -> !row.passed())
                        .map(row -> new SuiteSummary.FailedCase(row.name(), String.valueOf(row.reason())))
                        .toList());
    }
}
