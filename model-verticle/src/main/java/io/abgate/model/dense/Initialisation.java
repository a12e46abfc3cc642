package io.abgate.model.dense;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.abgate.registry.domain.Check;
import java.util.Random;

/** How the first weights of a layer are drawn. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Initialisation.HeNormal.class, name = "he-normal"),
    @JsonSubTypes.Type(value = Initialisation.Normal.class, name = "normal")
})
public sealed interface Initialisation permits Initialisation.HeNormal, Initialisation.Normal {
    /** Standard deviation of the weights of a layer with so many inputs. */
    double deviation(int inputs);

    /** Draws every weight of a layer, input by input. */
    default void fill(Layer layer, Random random) {
        double deviation = deviation(layer.inputs());
        double[] weights = layer.weights();
        for (int i = 0; i < weights.length; i++) {
            weights[i] = deviation * random.nextGaussian();
        }
    }

    /** Normal with variance 2 / inputs (He et al. 2015), which keeps the variance through ReLU layers. */
    record HeNormal() implements Initialisation {
        @Override
        public double deviation(int inputs) {
            return Math.sqrt(2.0 / inputs);
        }
    }

    /**
     * Normal with one standard deviation for all layers.
     *
     * @param scale that standard deviation
     */
    record Normal(double scale) implements Initialisation {
        public Normal {
            Check.that(scale >= 0 && Double.isFinite(scale), "initialisation.scale", scale, "a finite number from 0");
        }

        @Override
        public double deviation(int inputs) {
            return scale;
        }
    }
}
