package io.abgate.registry;

import io.abgate.registry.domain.SuiteReport;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.ModelFold;
import org.jspecify.annotations.Nullable;

/**
 * A version was run through suites because an operator asked for it.
 *
 * @param suite the only one that was run; absent when all were
 * @param category the only one that was run; absent when all were
 * @param verdict passed, failed or no cases
 */
record SuitesRun(
        int version, @Nullable String suite, @Nullable String category, String verdict, int passed, int failed)
        implements Change {
    static final String TYPE = "SUITES_RUN";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String summary() {
        int cases = passed + failed;
        return "Version " + version + " was run through its suites: "
                + (verdict.equals(SuiteReport.Verdict.NO_CASES.word())
                        ? verdict
                        : passed + " of " + cases + " cases passed")
                + ".";
    }

    @Override
    public void applyTo(ModelFold fold, long seq) {
        // looking at a version changes nothing about it
    }
}
