package io.abgate.model.dense;

import org.ojalgo.array.operation.DOT;

/** The softmax, shifted by the largest sum so that no finite sum overflows. */
final class Softmax {
    private Softmax() {}

    static void apply(double[] sums) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double sum : sums) {
            largest = Math.max(largest, sum);
        }
        double total = 0;
        for (int i = 0; i < sums.length; i++) {
            double shifted = sums[i] - largest;
            sums[i] = shifted == 0 ? 1 : StrictMath.exp(shifted); // the largest's own is 1, to the bit
            total += sums[i];
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= total;
        }
    }

    static void backward(double[] outputs, double[] gradient) {
        double mean = DOT.invoke(outputs, 0, gradient, 0, 0, outputs.length);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = outputs[i] * (gradient[i] - mean);
        }
    }
}
