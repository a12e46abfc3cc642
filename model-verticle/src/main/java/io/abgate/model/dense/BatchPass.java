package io.abgate.model.dense;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs rows through a network, four of them as one matrix where there are four. Has buffers: one for each thread. */
final class BatchPass {
    private static final int ROWS = MicroKernel.ROWS;
    /** A matrix takes less time than its rows alone when at least one element in so many is not zero. */
    private static final int DENSE = 2;

    private final List<Layer> layers;
    private final ForwardPass alone;
    private final Features[] rows = new Features[ROWS];
    private @Nullable Buffers buffers;

    BatchPass(Network network) {
        layers = network.layers();
        alone = new ForwardPass(network);
        for (int row = 0; row < ROWS; row++) {
            rows[row] = new Features();
        }
    }

    /** Most applications send one row at a time, and never need them. */
    private static final class Buffers {
        final double[][] inputs;
        final double[][][] outputs;

        Buffers(List<Layer> layers) {
            inputs = new double[ROWS][layers.get(0).inputs()];
            outputs = layers.stream()
                    .map(layer -> new double[ROWS][layer.outputs()])
                    .toArray(double[][][]::new);
        }
    }

    /** The buffer to encode a row into, of which there are {@link MicroKernel#ROWS}. */
    Features row(int row) {
        return rows[row];
    }

    /**
     * Runs the first so many rows.
     *
     * @param into takes their probabilities from this index on
     */
    void run(int count, double[][] into, int from) {
        if (count == ROWS) {
            double[][] together = run(buffers());
            for (int row = 0; row < ROWS; row++) {
                into[from + row] = together[row].clone();
            }
        } else {
            for (int row = 0; row < count; row++) {
                into[from + row] = alone.run(rows[row]).clone();
            }
        }
    }

    private double[][] run(Buffers buffers) {
        double[][][] outputs = buffers.outputs;
        if (isDense()) {
            for (int row = 0; row < ROWS; row++) {
                spread(rows[row], buffers.inputs[row]);
            }
            layers.get(0).forward(buffers.inputs, outputs[0]);
        } else { // as rows of hashed words, which hardly share an element
            for (int row = 0; row < ROWS; row++) {
                layers.get(0).forward(rows[row], outputs[0][row]);
            }
        }
        for (int i = 1; i < outputs.length; i++) {
            layers.get(i).forward(outputs[i - 1], outputs[i]);
        }
        return outputs[outputs.length - 1];
    }

    private boolean isDense() {
        long elements = 0;
        for (Features row : rows) {
            elements += row.count();
        }
        return elements * DENSE >= (long) layers.get(0).inputs() * ROWS;
    }

    private static void spread(Features row, double[] into) {
        Arrays.fill(into, 0);
        for (int i = 0; i < row.count(); i++) {
            into[row.index(i)] = row.value(i);
        }
    }

    private Buffers buffers() {
        Buffers made = buffers;
        if (made == null) {
            made = new Buffers(layers);
            buffers = made;
        }
        return made;
    }
}
