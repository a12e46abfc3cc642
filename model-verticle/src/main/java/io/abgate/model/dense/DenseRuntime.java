package io.abgate.model.dense;

import io.abgate.model.ModelRuntime;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Tensor;
import java.util.List;

/** Predicts with a dense model, in buffers of its own. */
final class DenseRuntime implements ModelRuntime {
    private final List<String> labels;
    private final Encoder encoder;
    private final BatchPass pass;

    DenseRuntime(List<String> labels, Encoder encoder, Network network) {
        this.labels = labels;
        this.encoder = encoder;
        pass = new BatchPass(network);
    }

    @Override
    public PredictReply predict(Tensor input) {
        encoder.check(input);
        int rows = input.rows();
        Check.that(rows > 0, "batch", "0 rows", "at least 1");
        int[] label = new int[rows];
        double[] confidence = new double[rows];
        double[][] probabilities = new double[rows][];
        for (int from = 0; from < rows; from += MicroKernel.ROWS) {
            int count = Math.min(MicroKernel.ROWS, rows - from);
            for (int row = 0; row < count; row++) {
                encoder.encode(input, from + row, pass.row(row));
            }
            pass.run(count, probabilities, from);
        }
        for (int row = 0; row < rows; row++) {
            label[row] = likeliest(probabilities[row]);
            confidence[row] = probabilities[row][label[row]];
        }
        return new PredictReply(labels, label, confidence, probabilities);
    }

    /** Index of the largest probability, the lowest of equal ones. */
    private static int likeliest(double[] probabilities) {
        int best = 0;
        for (int i = 0; i < probabilities.length; i++) {
            if (!Double.isFinite(probabilities[i])) {
                throw new IllegalStateException(
                        Check.message("probability of label " + i, probabilities[i], "a finite number"));
            }
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return best;
    }
}
