package io.abgate.model.training;

import io.abgate.model.dense.ForwardPass;
import io.abgate.model.dense.Layer;
import io.abgate.model.dense.Network;
import java.util.List;
import org.ojalgo.array.operation.DOT;

/** Sums the gradient of the cross-entropy over samples; the network stays as it is until {@link #descend}. */
final class BackPropagation {
    /** Keeps the logarithm of a probability of 0 finite. */
    static final double SMALLEST = 1e-15;

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

    /** Adds samples with one input and gives the sum of their losses. */
    double add(MergedSample samples) {
        double[] probabilities = pass.run(samples.features());
        int last = layers.size() - 1;
        double loss = compare(probabilities, samples, bySums[last]);
        for (int i = last; i > 0; i--) {
            gradients.get(i).add(pass.output(i - 1), bySums[i]);
            propagate(i);
        }
        gradients.get(0).add(samples.features(), bySums[0]);
        return loss;
    }

    /** Gives the summed loss and, softmax and cross-entropy together, its gradient: probabilities minus truths. */
    private static double compare(double[] probabilities, MergedSample samples, double[] gradient) {
        for (int label = 0; label < gradient.length; label++) {
            gradient[label] = samples.count() * probabilities[label];
        }
        double loss = 0;
        for (int i = 0; i < samples.truths().length; i++) {
            int truth = samples.truths()[i];
            int count = samples.counts()[i];
            loss -= count * StrictMath.log(probabilities[truth] + SMALLEST);
            gradient[truth] -= count;
        }
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
