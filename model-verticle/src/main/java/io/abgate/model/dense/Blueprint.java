package io.abgate.model.dense;

import io.abgate.registry.domain.Check;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a first network is made of, before any training.
 *
 * @param format always {@code abgate/dense-v1}
 * @param labels its outputs
 * @param encoder gives its inputs
 * @param hidden widths of the ReLU layers between them
 * @param initialisation how weights are drawn; every bias starts at 0
 */
public record Blueprint(
        String format, List<String> labels, Encoder encoder, List<Integer> hidden, Initialisation initialisation) {
    public Blueprint {
        Check.that(format.equals(DenseFormat.NAME), "blueprint.format", format, DenseFormat.NAME);
        Limits.checkNames("labels", labels);
        labels = List.copyOf(labels);
        hidden = List.copyOf(hidden);
        Limits.checkWidths(widths(labels, encoder, hidden));
    }

    /**
     * Reads a blueprint.
     *
     * @param json {@code {"format":"abgate/dense-v1","labels":[…],"encoder":{…},"hidden":[16],
     *     "initialisation":{"kind":"he-normal"}}}
     * @throws IllegalArgumentException when it is not sound; the message says what came and what was expected
     */
    public static Blueprint parse(String json) {
        return DenseJson.read("blueprint", json.getBytes(StandardCharsets.UTF_8), Blueprint.class);
    }

    /** A model with weights drawn from this seed: layer by layer, input by input. */
    public DenseModel model(long seed) {
        Random random = new Random(seed); // its nextGaussian is specified to the bit
        List<Integer> widths = widths(labels, encoder, hidden);
        List<Layer> layers = new ArrayList<>();
        for (int i = 1; i < widths.size(); i++) {
            Activation activation = i == widths.size() - 1 ? Activation.SOFTMAX : Activation.RELU;
            Layer layer = new Layer(activation, widths.get(i - 1), widths.get(i));
            initialisation.fill(layer, random);
            layers.add(layer);
        }
        return new DenseModel(labels, encoder, new Network(layers));
    }

    private static List<Integer> widths(List<String> labels, Encoder encoder, List<Integer> hidden) {
        List<Integer> widths = new ArrayList<>(hidden);
        widths.add(0, encoder.size());
        widths.add(labels.size());
        return widths;
    }
}
