package io.abgate.gateway;

import io.abgate.model.Model;
import io.abgate.model.ModelRuntime;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** A model that answers what a test wants. */
public record FakeModel(String sha256, TensorSpec input, Function<Tensor, PredictReply> answer) implements Model {
    public static final List<String> LABELS = List.of("ham", "spam");

    /** Says spam of rows that say so, with confidence 0.9, and ham of others, with 0.75. */
    public static FakeModel ofText(String sha256) {
        return new FakeModel(
                sha256,
                Models.TEXT,
                input -> reply(Arrays.stream(input.strings())
                        .mapToInt(text -> text.contains("spam") ? 1 : 0)
                        .toArray()));
    }

    /** Says the same of every row. */
    public static FakeModel always(String sha256, int label) {
        return new FakeModel(sha256, Models.TEXT, input -> {
            int[] labels = new int[input.rows()];
            Arrays.fill(labels, label);
            return reply(labels);
        });
    }

    /** Has a bug. */
    public static FakeModel failing(String sha256) {
        return new FakeModel(sha256, Models.TEXT, input -> {
            throw new IllegalStateException("a bug of the model");
        });
    }

    /** Refuses what it gets. */
    public static FakeModel refusing(String sha256) {
        return new FakeModel(sha256, Models.TEXT, input -> {
            throw new IllegalArgumentException("text: too odd (expected: less odd)");
        });
    }

    /** Says spam of rows of numbers whose sum is above 0. */
    public static FakeModel ofNumbers(String sha256) {
        return new FakeModel(sha256, Models.PIXELS, input -> {
            int[] labels = new int[input.rows()];
            for (int i = 0; i < labels.length; i++) {
                int from = i * input.columns();
                labels[i] = Arrays.stream(input.numbers(), from, from + input.columns())
                                        .sum()
                                > 0
                        ? 1
                        : 0;
            }
            return reply(labels);
        });
    }

    /** Such labels, with such confidence. */
    public static PredictReply reply(int... labels) {
        double[] confidence = Arrays.stream(labels)
                .mapToDouble(label -> label == 1 ? 0.9 : 0.75)
                .toArray();
        double[][] probabilities = Arrays.stream(labels)
                .mapToObj(label -> label == 1 ? new double[] {0.1, 0.9} : new double[] {0.75, 0.25})
                .toArray(double[][]::new);
        return new PredictReply(LABELS, labels, confidence, probabilities);
    }

    @Override
    public String format() {
        return "abgate/fake-v1";
    }

    @Override
    public List<String> labels() {
        return LABELS;
    }

    @Override
    public byte[] artifact() {
        return new byte[0];
    }

    @Override
    public ModelRuntime newRuntime() {
        return answer::apply;
    }
}
