package io.abgate.model;

import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes a row that a model takes, about as costly as a real one, from what the model says of its input. */
public final class Probe {
    /** Characters in a text row. */
    public static final int ROW_CHARACTERS = 690;

    private static final int WORDS = 100;

    private Probe() {}

    /** As many such rows as cost what this input costs, at least one: a long text counts as several. */
    public static long rows(Tensor input) {
        long characters = 0;
        for (String text : input.strings()) {
            characters += text.length();
        }
        return Math.max(Math.max(1, input.rows()), characters / ROW_CHARACTERS);
    }

    /** A tensor of one such row. */
    public static Tensor row(TensorSpec spec) {
        List<Long> shape = spec.shape().stream().map(size -> Math.max(size, 1)).toList();
        int elements = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
        if (spec.datatype().isNumeric()) {
            double[] ones = new double[elements];
            Arrays.fill(ones, 1); // zeros would be skipped
            return Tensor.ofNumbers(spec.name(), spec.datatype(), shape, ones);
        }
        String text = IntStream.range(0, WORDS).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
        String[] texts = new String[elements];
        Arrays.fill(texts, text);
        return Tensor.ofStrings(spec.name(), shape, texts);
    }
}
