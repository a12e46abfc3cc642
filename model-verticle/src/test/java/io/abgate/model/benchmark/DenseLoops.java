package io.abgate.model.benchmark;

import io.abgate.model.dense.Layer;
import io.abgate.model.dense.Network;
import io.abgate.model.training.Sample;
import java.util.Arrays;
import java.util.List;

/**
 * One hidden ReLU layer and a softmax in plain loops over plain arrays, which know nothing of zeros: what somebody
 * writes by hand who wants it fast. Rows come in the order given.
 */
final class DenseLoops implements Training {
    private final Workload workload;
    private final double[][] rows;
    private final int inputs;
    private final int hidden;
    private final int outputs;
    private final double[] byWeights1;
    private final double[] byBias1;
    private final double[] byWeights2;
    private final double[] byBias2;
    private final double[] middle;
    private final double[] byMiddle;
    private final double[] probabilities;

    DenseLoops(Workload workload) {
        this.workload = workload;
        Network network = workload.start().network();
        rows = workload.samples().stream()
                .map(sample -> row(sample, network.inputs()))
                .toArray(double[][]::new);
        inputs = network.inputs();
        hidden = network.layers().get(0).outputs();
        outputs = network.outputs();
        byWeights1 = new double[inputs * hidden];
        byBias1 = new double[hidden];
        byWeights2 = new double[hidden * outputs];
        byBias2 = new double[outputs];
        middle = new double[hidden];
        byMiddle = new double[hidden];
        probabilities = new double[outputs];
    }

    static double[] row(Sample sample, int inputs) {
        double[] row = new double[inputs];
        for (int i = 0; i < sample.features().count(); i++) {
            row[sample.features().index(i)] = sample.features().value(i);
        }
        return row;
    }

    @Override
    public Network train() {
        Network network = workload.start().network().copy();
        for (int epoch = 0; epoch < workload.plan().epochs(); epoch++) {
            for (int from = 0; from < rows.length; from += workload.batch()) {
                step(network.layers(), from);
            }
        }
        return network;
    }

    private void step(List<Layer> layers, int from) {
        Layer first = layers.get(0);
        Layer second = layers.get(1);
        for (int i = from; i < from + workload.batch(); i++) {
            forward(first.weights(), first.bias(), rows[i], middle);
            for (int j = 0; j < hidden; j++) {
                middle[j] = Math.max(0, middle[j]);
            }
            forward(second.weights(), second.bias(), middle, probabilities);
            softmax();
            probabilities[workload.samples().get(i).truth()] -= 1;
            backward(second.weights(), rows[i]);
        }
        double rate = workload.plan().learningRate() / workload.batch();
        descend(first.weights(), byWeights1, rate);
        descend(first.bias(), byBias1, rate);
        descend(second.weights(), byWeights2, rate);
        descend(second.bias(), byBias2, rate);
    }

    private static void forward(double[] weights, double[] bias, double[] from, double[] to) {
        System.arraycopy(bias, 0, to, 0, to.length);
        for (int i = 0; i < from.length; i++) {
            for (int j = 0; j < to.length; j++) {
                to[j] += from[i] * weights[i * to.length + j];
            }
        }
    }

    private void softmax() {
        double largest = Double.NEGATIVE_INFINITY;
        for (double sum : probabilities) {
            largest = Math.max(largest, sum);
        }
        double total = 0;
        for (int j = 0; j < outputs; j++) {
            probabilities[j] = Math.exp(probabilities[j] - largest);
            total += probabilities[j];
        }
        for (int j = 0; j < outputs; j++) {
            probabilities[j] /= total;
        }
    }

    private void backward(double[] weights2, double[] row) {
        for (int i = 0; i < hidden; i++) {
            double sum = 0;
            for (int j = 0; j < outputs; j++) {
                sum += weights2[i * outputs + j] * probabilities[j];
            }
            byMiddle[i] = middle[i] > 0 ? sum : 0;
        }
        addOuter(byWeights2, byBias2, middle, probabilities);
        addOuter(byWeights1, byBias1, row, byMiddle);
    }

    private static void addOuter(double[] gradient, double[] byBias, double[] from, double[] by) {
        for (int i = 0; i < from.length; i++) {
            for (int j = 0; j < by.length; j++) {
                gradient[i * by.length + j] += from[i] * by[j];
            }
        }
        for (int j = 0; j < by.length; j++) {
            byBias[j] += by[j];
        }
    }

    private static void descend(double[] weights, double[] gradient, double rate) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] -= rate * gradient[i];
        }
        Arrays.fill(gradient, 0);
    }
}
