package io.abgate.model.dense;

import io.abgate.registry.domain.Check;

/**
 * A layer as its JSON says it.
 *
 * @param weights inputs × outputs
 * @param bias one an output
 */
@SuppressWarnings("ArrayRecordComponent") // a document: compared by nobody
record LayerDocument(Activation activation, double[][] weights, double[] bias) {
    static LayerDocument of(Layer layer) {
        int outputs = layer.outputs();
        double[][] weights = new double[layer.inputs()][outputs];
        for (int input = 0; input < weights.length; input++) {
            System.arraycopy(layer.weights(), input * outputs, weights[input], 0, outputs);
        }
        return new LayerDocument(layer.activation(), weights, layer.bias());
    }

    /** The layer itself; refuses ragged rows and numbers that are not finite. */
    Layer layer(String name) {
        Check.that(weights.length > 0, name + ".weights", "no rows", "at least 1");
        Check.that(bias.length > 0, name + ".bias", "no numbers", "at least 1");
        Check.that(
                (long) weights.length * bias.length <= Limits.WEIGHTS, name, "too many weights", Limits.WEIGHTS + "");
        Layer layer = new Layer(activation, weights.length, bias.length);
        for (int input = 0; input < weights.length; input++) {
            String row = name + ".weights[" + input + "]";
            Check.that(weights[input].length == bias.length, row, weights[input].length + " numbers", bias.length + "");
            System.arraycopy(weights[input], 0, layer.weights(), input * bias.length, bias.length);
        }
        System.arraycopy(bias, 0, layer.bias(), 0, bias.length);
        Check.that(layer.isFinite(), name, "a number that is not finite", "finite weights and bias");
        return layer;
    }
}
