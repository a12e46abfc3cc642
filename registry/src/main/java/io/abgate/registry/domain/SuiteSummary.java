package io.abgate.registry.domain;

import java.util.List;

/**
 * How a version did in its suites.
 *
 * @param passed how many cases passed
 * @param failures the cases that failed
 */
public record SuiteSummary(int passed, List<FailedCase> failures) {
    public SuiteSummary {
        failures = List.copyOf(failures);
    }

    /**
     * A case that failed.
     *
     * @param name suite, category and id
     * @param reason one clause for a person
     */
    public record FailedCase(String name, String reason) {}

    /** How many cases failed. */
    public int failed() {
        return failures.size();
    }

    /** How many cases there were. */
    public int cases() {
        return passed + failed();
    }
}
