package io.abgate.model.dense;

import java.util.Arrays;
import org.ojalgo.array.operation.AXPY;
import org.ojalgo.matrix.store.R064Store;

/**
 * One fully connected layer. Its weights are a column-major store of outputs × inputs, so that the weights that leave
 * one input lie side by side and a sparse row costs only its own columns.
 */
public final class Layer {
    private final Activation activation;
    private final R064Store weights;
    private final R064Store bias;

    /** A layer of zeros. */
    public Layer(Activation activation, int inputs, int outputs) {
        this(activation, R064Store.FACTORY.make(outputs, inputs), R064Store.FACTORY.make(outputs, 1));
    }

    private Layer(Activation activation, R064Store weights, R064Store bias) {
        this.activation = activation;
        this.weights = weights;
        this.bias = bias;
    }

    /** What it does to its sums. */
    public Activation activation() {
        return activation;
    }

    /** How many inputs. */
    public int inputs() {
        return weights.getColDim();
    }

    /** How many outputs. */
    public int outputs() {
        return weights.getRowDim();
    }

    /** Its weights, outputs × inputs: the element of (output, input) is at {@code input * outputs() + output}. */
    public double[] weights() {
        return weights.data;
    }

    /** Its bias, one an output. */
    public double[] bias() {
        return bias.data;
    }

    Layer copy() {
        return new Layer(activation, weights.copy(), bias.copy());
    }

    boolean isFinite() {
        return Arrays.stream(weights()).allMatch(Double::isFinite)
                && Arrays.stream(bias()).allMatch(Double::isFinite);
    }

    void forward(Features row, double[] outputs) {
        System.arraycopy(bias(), 0, outputs, 0, outputs.length);
        for (int i = 0; i < row.count(); i++) {
            addInput(row.index(i), row.value(i), outputs);
        }
        activation.apply(outputs);
    }

    void forward(double[] inputs, double[] outputs) {
        System.arraycopy(bias(), 0, outputs, 0, outputs.length);
        for (int input = 0; input < inputs.length; input++) {
            if (inputs[input] != 0) {
                addInput(input, inputs[input], outputs);
            }
        }
        activation.apply(outputs);
    }

    private void addInput(int input, double value, double[] outputs) {
        AXPY.invoke(outputs, 0, value, weights(), input * outputs.length, 0, outputs.length);
    }

    /**
     * Rows of a batch as one matrix. Every sum has the order that it has for a row alone, and what is added beside is
     * zeros, so the last layer's probabilities are the same to the bit.
     *
     * @param rows {@link MicroKernel#ROWS} × inputs
     * @param outputs {@link MicroKernel#ROWS} × outputs
     */
    void forward(double[][] rows, double[][] outputs) {
        for (double[] row : outputs) {
            System.arraycopy(bias(), 0, row, 0, row.length);
        }
        MicroKernel.addProduct(rows, weights(), outputs);
        for (double[] row : outputs) {
            activation.apply(row);
        }
    }
}
