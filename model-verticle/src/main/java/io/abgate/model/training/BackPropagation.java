package io.abgate.model.training;

import io.abgate.model.dense.ForwardPass;
import io.abgate.model.dense.Layer;
import io.abgate.model.dense.Network;
import java.util.List;
import org.ojalgo.array.operation.DOT;

/** Sums the gradient of the cross-entropy over rows; the network stays as it is until {@link #descend}. */
final class BackPropagation {
    /** Keeps the logarithm of a probability of 0 finite. */
    private static final double SMALLEST = 1e-15;

    private final List<Layer> layers;
    private final ForwardPass pass;
    private final List<LayerGradient> gradients;
    private final double[][] bySums;

    BackPropagation(Network network) {
        layers = network.layers();
        pass = new ForwardPass(network);
        gradients = layers.stream().map(LayerGradient::new).toList();
        bySums = layers.stream().map(layer -> new double[layer.outputs()]).toArray(double[][]::new);
    }

    /** Adds one row and gives its loss. */
    double add(Sample sample) {
        double[] probabilities = pass.run(sample.features());
        double loss = -StrictMath.log(probabilities[sample.truth()] + SMALLEST);
        int last = layers.size() - 1;
        // softmax and cross-entropy together: probability minus truth
        System.arraycopy(probabilities, 0, bySums[last], 0, probabilities.length);
        bySums[last][sample.truth()] -= 1;
        for (int i = last; i > 0; i--) {
            gradients.get(i).add(pass.output(i - 1), bySums[i]);
            propagate(i);
        }
        gradients.get(0).add(sample.features(), bySums[0]);
        return loss;
    }

    private void propagate(int index) {
        double[] weights = layers.get(index).weights();
        double[] from = bySums[index];
        double[] to = bySums[index - 1];
        for (int input = 0; input < to.length; input++) {
            to[input] = DOT.invoke(weights, input * from.length, from, 0, 0, from.length);
        }
        layers.get(index - 1).activation().backward(pass.output(index - 1), to);
    }

    /** Takes every layer one step of {@code rate} times the summed gradient down, and starts again from zero. */
    void descend(double rate) {
        gradients.forEach(gradient -> gradient.descend(rate));
    }
}
