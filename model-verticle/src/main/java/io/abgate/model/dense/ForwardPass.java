package io.abgate.model.dense;

import java.util.List;

/** Runs rows through a network and keeps what each layer gave. Has buffers: one for each thread. */
public final class ForwardPass {
    private final List<Layer> layers;
    private final double[][] outputs;

    /** A pass through this network, which sees later changes of its weights. */
    public ForwardPass(Network network) {
        layers = network.layers();
        outputs = layers.stream().map(layer -> new double[layer.outputs()]).toArray(double[][]::new);
    }

    /** Probabilities for one row, in a buffer that the next run overwrites. */
    public double[] run(Features row) {
        layers.get(0).forward(row, outputs[0]);
        for (int i = 1; i < outputs.length; i++) {
            layers.get(i).forward(outputs[i - 1], outputs[i]);
        }
        return outputs[outputs.length - 1];
    }

    /** What a layer gave in the last run, in a buffer that the next run overwrites. */
    public double[] output(int layer) {
        return outputs[layer];
    }
}
