package io.abgate.model.dense;

import io.abgate.registry.domain.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;

/**
 * Makes a network worse on purpose: a copy with {@code scale · z} added to every weight, z standard normal; biases stay.
 * The network itself is untouched, and so is what undoes the noise: subtracting it would not give the same bits.
 */
public final class WeightNoise {
    private WeightNoise() {}

    /**
     * A copy with noise from a seed: the {@link Random#nextGaussian} of {@code new Random(seed)}, specified to the bit,
     * drawn layer by layer, in each input by input and there output by output.
     *
     * @param scale standard deviation of the noise, finite and above 0
     * @throws IllegalArgumentException when it is not, or so large that a weight is no finite number any more
     */
    public static Network seeded(Network network, double scale, long seed) {
        return added(network, scale, new Random(seed)::nextGaussian);
    }

    /** A copy with noise of this unit, which is drawn in the same order. */
    public static Network added(Network network, double scale, DoubleSupplier unit) {
        Check.that(scale > 0 && Double.isFinite(scale), "scale", scale, "a finite number above 0");
        List<Layer> noisy = new ArrayList<>();
        for (Layer layer : network.layers()) {
            Layer copy = layer.copy();
            double[] weights = copy.weights(); // input by input, which is how they lie
            for (int i = 0; i < weights.length; i++) {
                weights[i] += scale * unit.getAsDouble();
            }
            noisy.add(copy);
        }
        Network result = new Network(noisy);
        Check.that(result.isFinite(), "scale", scale, "one that leaves every weight a finite number");
        return result;
    }
}
