package io.abgate.model.evaluation;

import io.abgate.model.Model;
import io.abgate.model.ModelRuntime;
import io.abgate.model.RowJson;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.SuiteCase;
import io.abgate.registry.domain.SuiteReport;
import io.abgate.registry.domain.Tensor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs a model of any kind through the cases of its suites. Every case gives a row, whatever the model does: one that
 * throws, or answers with what is no finite number, fails that case with the reason.
 */
public final class SuiteRunner {
    private static final double NANOS_A_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Model model;
    private final ModelRuntime runtime;
    private final LongSupplier nanoClock;

    /**
     * A runner of this model, with a runtime of its own: one for each thread.
     *
     * @param nanoClock monotonic, in nanoseconds
     */
    public SuiteRunner(Model model, LongSupplier nanoClock) {
        this.model = model;
        this.nanoClock = nanoClock;
        runtime = model.newRuntime();
    }

    /** A row for each case, in their order. */
    public SuiteReport run(List<SuiteCase> cases) {
        return new SuiteReport(cases.stream().map(this::row).toList());
    }

    private SuiteReport.Row row(SuiteCase one) {
        Attempt attempt = attempt(one);
        List<String> complaints = new Complaints(one.expected(), attempt, this::attempt).all();
        boolean passed = complaints.isEmpty();
        return new SuiteReport.Row(
                one.suite(),
                one.category(),
                one.id(),
                one.input(),
                attempt.label(),
                attempt.confidence(),
                attempt.timeMillis(),
                passed,
                passed ? attempt.missing() : String.join("; ", complaints));
    }

    private Attempt attempt(SuiteCase one) {
        Attempt attempt = attempt(one.input());
        Integer limit = one.expected().timeMillis();
        if (limit != null && attempt.timeMillis() > limit) {
            // a pause of the process is not the model's time, and does not come twice
            Attempt again = attempt(one.input());
            return again.timeMillis() < attempt.timeMillis() ? again : attempt;
        }
        return attempt;
    }

    private Attempt attempt(String input) {
        long start = nanoClock.getAsLong();
        try {
            Tensor tensor = RowJson.tensor(model.input(), List.of(input));
            start = nanoClock.getAsLong();
            PredictReply reply = runtime.predict(tensor);
            return Attempt.replied(reply, millisSince(start));
        } catch (IllegalArgumentException e) {
            return Attempt.refused(e, millisSince(start));
        } catch (RuntimeException e) {
            return Attempt.broken(e, millisSince(start));
        }
    }

    private double millisSince(long startNanos) {
        return (nanoClock.getAsLong() - startNanos) / NANOS_A_MILLI;
    }
}
