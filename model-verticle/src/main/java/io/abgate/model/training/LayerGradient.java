package io.abgate.model.training;

import io.abgate.model.dense.Features;
import io.abgate.model.dense.Layer;
import java.util.Arrays;
import org.ojalgo.array.operation.AXPY;

/** The summed gradient of one layer, which knows the inputs it has touched: a sparse batch costs only those. */
final class LayerGradient {
    private final Layer layer;
    private final double[] weights;
    private final double[] bias;
    private final boolean[] touched;

    LayerGradient(Layer layer) {
        this.layer = layer;
        weights = new double[layer.weights().length];
        bias = new double[layer.outputs()];
        touched = new boolean[layer.inputs()];
    }

    /** Adds one row's part: its inputs times the gradient by the layer's sums. */
    void add(Features inputs, double[] bySums) {
        for (int i = 0; i < inputs.count(); i++) {
            addInput(inputs.index(i), inputs.value(i), bySums);
        }
        addBias(bySums);
    }

    /** The same for a row that another layer gave. */
    void add(double[] inputs, double[] bySums) {
        for (int input = 0; input < inputs.length; input++) {
            if (inputs[input] != 0) {
                addInput(input, inputs[input], bySums);
            }
        }
        addBias(bySums);
    }

    private void addInput(int input, double value, double[] bySums) {
        touched[input] = true;
        AXPY.invoke(weights, input * bias.length, value, bySums, 0, 0, bias.length);
    }

    private void addBias(double[] bySums) {
        AXPY.invoke(bias, 0, 1, bySums, 0, 0, bias.length);
    }

    /** Takes the layer one step down and starts again from zero. */
    void descend(double rate) {
        for (int input = 0; input < touched.length; input++) {
            if (touched[input]) {
                descendInput(input * bias.length, rate);
                touched[input] = false;
            }
        }
        AXPY.invoke(layer.bias(), 0, -rate, bias, 0, 0, bias.length);
        Arrays.fill(bias, 0);
    }

    private void descendInput(int from, double rate) {
        AXPY.invoke(layer.weights(), from, -rate, weights, from, 0, bias.length);
        Arrays.fill(weights, from, from + bias.length, 0);
    }
}
