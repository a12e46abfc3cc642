package io.abgate.model.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.abgate.model.dense.Activation;
import io.abgate.model.dense.Blueprint;
import io.abgate.model.dense.DenseModel;
import io.abgate.model.dense.Features;
import io.abgate.model.dense.ForwardPass;
import io.abgate.model.dense.Layer;
import io.abgate.model.dense.Network;
import io.abgate.model.dense.WeightNoise;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The figures of the published exercise, see {@code reference/README.md}. */
final class Reference {
    static final int WORDS = 24;
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
            default -> WeightNoise.added(start("M1"), 2, unitNoise());
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

    /** The unit noise of the exercise, layer by layer, input by input. */
    static DoubleSupplier unitNoise() {
        JsonNode noise = read("weights.json").get("unit_noise");
        return Stream.of("Z1", "Z2")
                .flatMap(name -> StreamSupport.stream(noise.get(name).spliterator(), false))
                .flatMap(row -> StreamSupport.stream(row.spliterator(), false))
                .mapToDouble(JsonNode::doubleValue)
                .iterator()::nextDouble;
    }

    /** The words of ids 1 to 24, in this order. */
    static List<String> words() {
        return read("weights.json").get("vocabulary").properties().stream()
                .sorted(Comparator.comparingInt(word -> word.getValue().intValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The word at an output of the exercise's network, whose index 0 stands for no word. */
    static String word(int index) {
        return index == 0 ? "unknown" : words().get(index - 1);
    }

    /** The network as a model uses it, whose indexes are ids less one: index 0 moves to the end. */
    static Network rotated(Network network) {
        Network rotated = network.copy();
        Layer hidden = rotated.layers().get(0);
        rotate(hidden.weights(), 0, hidden.weights().length, hidden.outputs());
        Layer output = rotated.layers().get(1);
        for (int input = 0; input < output.inputs(); input++) {
            rotate(output.weights(), input * output.outputs(), output.outputs(), 1);
        }
        rotate(output.bias(), 0, output.outputs(), 1);
        return rotated;
    }

    private static void rotate(double[] numbers, int from, int length, int by) {
        double[] old = Arrays.copyOfRange(numbers, from, from + length);
        Arrays.setAll(old, i -> numbers[from + (i + by) % length]);
        System.arraycopy(old, 0, numbers, from, length);
    }

    /** Probabilities by ids, as probabilities by ids less one. */
    static double[] rotated(JsonNode probabilities) {
        return IntStream.range(0, WORDS)
                .mapToDouble(i -> probabilities.get((i + 1) % WORDS).doubleValue())
                .toArray();
    }

    /** A model around such a network that takes and gives words. */
    static DenseModel model(Network rotated) {
        String words = "[\"" + String.join("\",\"", words()) + "\"]";
        return Blueprint.parse("""
                        {"format":"abgate/dense-v1","labels":%s,"hidden":[12],
                         "encoder":{"kind":"last-word","vocabulary":%s,"unknown":"unknown"},
                         "initialisation":{"kind":"normal","scale":0.01}}""".formatted(words, words)).model(0).with(rotated);
    }

    /** One context as a model takes it. */
    static Tensor context(JsonNode words) {
        String[] strings = IntStream.range(0, words.size())
                .mapToObj(i -> words.get(i).textValue())
                .toArray(String[]::new);
        return Tensor.ofStrings("context", List.of(1L, (long) strings.length), strings);
    }

    /** The exercise's ten test contexts as rows of a model, each with the word that should follow. */
    static List<Example> testRows() {
        return StreamSupport.stream(read("predictions.json").get("cases").spliterator(), false)
                .filter(test -> test.get("expected").isTextual())
                .map(test -> new Example(
                        test.get("context").toString(), test.get("expected").textValue()))
                .toList();
    }

    /** A recorded list of contexts, each with the word that followed, as rows of a model. */
    static List<Example> rows(String buffer) {
        return StreamSupport.stream(read("training.json").get(buffer).spliterator(), false)
                .map(pair -> new Example(pair.get(0).toString(), pair.get(1).textValue()))
                .toList();
    }

    /** How many of the exercise's ten test contexts a network gets right. */
    static int rightOfTen(Network network) {
        ForwardPass pass = new ForwardPass(network);
        int right = 0;
        for (JsonNode test : read("predictions.json").get("cases")) {
            if (test.get("expected").isTextual()) {
                int best = likeliest(pass.run(input(test.get("input_id").intValue())));
                right += word(best).equals(test.get("expected").textValue()) ? 1 : 0;
            }
        }
        return right;
    }

    /** Index of the largest, the lowest of equal ones. */
    static int likeliest(double[] probabilities) {
        return IntStream.range(0, probabilities.length)
                .reduce((best, i) -> probabilities[i] > probabilities[best] ? i : best)
                .orElseThrow();
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
