package io.abgate.model.evaluation;

import io.abgate.model.Model;
import io.abgate.model.ModelRuntime;
import io.abgate.model.RowJson;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.Tensor;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Counts how many rows a model answers right, and measures how surely and how fast. A row that it refuses, a probability
 * that is not finite, and a truth that is none of its labels count as wrong; such truths are classes of their own at the
 * end.
 */
public final class Evaluator {
    private final Model model;
    private final ModelRuntime runtime;
    private final LongSupplier nanoClock;

    /** An evaluator of this model, with a runtime of its own: one for each thread. */
    public Evaluator(Model model) {
        this(model, System::nanoTime);
    }

    Evaluator(Model model, LongSupplier nanoClock) {
        this.model = model;
        this.nanoClock = nanoClock;
        runtime = model.newRuntime();
    }

    /** Whole counts over these rows. */
    public Evaluation evaluate(List<Example> rows) {
        return measure(rows).evaluation();
    }

    /** Everything that can be said of these rows. */
    public Measurement measure(List<Example> rows) {
        Tally tally = new Tally(model.labels());
        for (Example row : rows) {
            answer(row, tally);
        }
        return tally.measurement();
    }

    private void answer(Example row, Tally tally) {
        try {
            Tensor tensor = RowJson.tensor(model.input(), List.of(row.input()));
            long start = nanoClock.getAsLong();
            PredictReply reply = runtime.predict(tensor);
            long nanos = nanoClock.getAsLong() - start;
            tally.add(row.truth(), reply.label()[0], reply.probabilities()[0], nanos);
        } catch (IllegalArgumentException e) {
            tally.addError(row.truth());
        } catch (IllegalStateException e) {
            tally.addError(row.truth());
            tally.sawNonFinite();
        }
    }
}
