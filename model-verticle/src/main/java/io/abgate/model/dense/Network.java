package io.abgate.model.dense;

import io.abgate.registry.domain.Check;
import java.util.ArrayList;
import java.util.List;

/** Layers of which each takes what the one before it gives; the last one gives probabilities. */
public final class Network {
    private final List<Layer> layers;

    /**
     * A network of these layers.
     *
     * @throws IllegalArgumentException when they are none or too many, too large, do not fit each other, or do not end
     *     in a softmax
     */
    public Network(List<Layer> layers) {
        this.layers = List.copyOf(layers);
        Limits.checkWidths(widths());
        for (int i = 1; i < layers.size(); i++) {
            int before = layers.get(i - 1).outputs();
            Check.that(
                    layers.get(i).inputs() == before,
                    "layers[" + i + "].weights",
                    layers.get(i).inputs() + " inputs",
                    before + ", the outputs of the layer before");
        }
        Activation last = layers.get(layers.size() - 1).activation();
        Check.that(last == Activation.SOFTMAX, "last activation", last, "softmax");
    }

    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        layers.stream().limit(1).map(Layer::inputs).forEach(widths::add);
        layers.stream().map(Layer::outputs).forEach(widths::add);
        return widths;
    }

    /** Its layers; their weights must not be changed once the network is shared. */
    public List<Layer> layers() {
        return layers;
    }

    /** How many inputs. */
    public int inputs() {
        return layers.get(0).inputs();
    }

    /** How many probabilities. */
    public int outputs() {
        return layers.get(layers.size() - 1).outputs();
    }

    /** A network with the same weights that shares nothing with this one. */
    public Network copy() {
        return new Network(layers.stream().map(Layer::copy).toList());
    }

    /** Whether every weight and bias is a finite number. */
    public boolean isFinite() {
        return layers.stream().allMatch(Layer::isFinite);
    }
}
