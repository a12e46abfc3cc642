package io.abgate.model.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.abgate.model.dense.Activation;
import io.abgate.model.dense.Features;
import io.abgate.model.dense.Layer;
import io.abgate.model.dense.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;

/** The figures of the published exercise, see {@code reference/README.md}. */
final class Reference {
    static final int ZERO_INPUT = 24;

    private Reference() {}

    static JsonNode read(String file) {
        try (InputStream in = Reference.class.getResourceAsStream("/reference/" + file)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Network start(String name) {
        return switch (name) {
            case "M0" -> network(read("weights.json").at("/models/M0"));
            case "M1" -> network(run("B_200_epochs_lr_0.5").get("final"));
            default -> noisy(start("M1"), read("weights.json").get("unit_noise"));
        };
    }

    static JsonNode run(String name) {
        return read("training.json").get("runs").get(name);
    }

    static Network network(JsonNode weights) {
        Layer hidden = new Layer(Activation.RELU, 24, 12);
        Layer output = new Layer(Activation.SOFTMAX, 12, 24);
        fill(hidden, weights.get("W1"), weights.get("b1"));
        fill(output, weights.get("W2"), weights.get("b2"));
        return new Network(List.of(hidden, output));
    }

    private static void fill(Layer layer, JsonNode weights, JsonNode bias) {
        for (int to = 0; to < layer.outputs(); to++) {
            layer.bias()[to] = bias.get(to).doubleValue();
            for (int from = 0; from < layer.inputs(); from++) {
                layer.weights()[from * layer.outputs() + to] =
                        weights.get(from).get(to).doubleValue();
            }
        }
    }

    private static Network noisy(Network network, JsonNode noise) {
        add(network.layers().get(0), noise.get("Z1"));
        add(network.layers().get(1), noise.get("Z2"));
        return network;
    }

    private static void add(Layer layer, JsonNode noise) {
        for (int i = 0; i < layer.weights().length; i++) {
            layer.weights()[i] +=
                    2 * noise.get(i / layer.outputs()).get(i % layer.outputs()).doubleValue();
        }
    }

    static Features input(int id) {
        Features row = new Features();
        if (id != ZERO_INPUT) {
            row.add(id, 1);
        }
        return row;
    }

    static List<Sample> samples() {
        JsonNode pairs = read("training.json").get("valid_pairs_input_target_ids");
        return IntStream.range(0, pairs.size())
                .mapToObj(i -> new Sample(
                        input(pairs.get(i).get(0).intValue()),
                        pairs.get(i).get(1).intValue()))
                .toList();
    }
}
