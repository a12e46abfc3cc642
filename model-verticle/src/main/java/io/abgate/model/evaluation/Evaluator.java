package io.abgate.model.evaluation;

import io.abgate.model.Model;
import io.abgate.model.ModelRuntime;
import io.abgate.model.RowJson;
import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.Example;
import java.util.List;

/**
 * Counts how many rows a model answers right. A row that it refuses, a probability that is not finite, and a truth that
 * is none of its labels count as wrong; such truths are classes of their own at the end.
 */
public final class Evaluator {
    private final Model model;
    private final ModelRuntime runtime;

    /** An evaluator of this model, with a runtime of its own: one for each thread. */
    public Evaluator(Model model) {
        this.model = model;
        runtime = model.newRuntime();
    }

    /** Whole counts over these rows. */
    public Evaluation evaluate(List<Example> rows) {
        Tally tally = new Tally(model.labels());
        for (Example row : rows) {
            tally.add(row.truth(), predict(row.input(), tally));
        }
        return tally.evaluation();
    }

    /** The predicted index, or {@link Tally#NONE} where there is no answer. */
    private int predict(String input, Tally tally) {
        try {
            return runtime.predict(RowJson.tensor(model.input(), List.of(input)))
                    .label()[0];
        } catch (IllegalArgumentException e) {
            return Tally.NONE;
        } catch (IllegalStateException e) {
            tally.sawNonFinite();
            return Tally.NONE;
        }
    }
}
