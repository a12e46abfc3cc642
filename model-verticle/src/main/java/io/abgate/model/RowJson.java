package io.abgate.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.TensorSpec;
import java.util.Arrays;
import java.util.List;

/**
 * One row of a tensor as JSON text and back: a string for text (BYTES {@code [-1, 1]}), an array of strings for a
 * context (BYTES {@code [-1, -1]}), an array of numbers for a numeric tensor.
 */
public final class RowJson {
    private static final double EXACT_INTEGERS = 1L << 53;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER) // the same digits on every JDK
            .build());

    private RowJson() {}

    /**
     * One row as JSON text. The padding at the front of a context is left out.
     *
     * @throws IllegalArgumentException when the tensor is not of the kind that the spec says, or a number is not finite
     */
    public static String of(TensorSpec spec, Tensor tensor, int row) {
        boolean numeric = spec.datatype().isNumeric();
        Check.that(tensor.datatype().isNumeric() == numeric, spec.name(), tensor.datatype(), spec.datatype() + "");
        int columns = tensor.columns();
        int from = row * columns;
        if (numeric) {
            return numbers(spec, Arrays.copyOfRange(tensor.numbers(), from, from + columns));
        }
        return isContext(spec)
                ? print(words(Arrays.copyOfRange(tensor.strings(), from, from + columns)))
                : text(spec, tensor, from);
    }

    private static String text(TensorSpec spec, Tensor tensor, int element) {
        Check.that(tensor.columns() == 1, "columns of " + spec.name(), tensor.columns(), "1");
        return print(JsonNodeFactory.instance.textNode(tensor.strings()[element]));
    }

    private static ArrayNode words(String[] padded) {
        ArrayNode words = JsonNodeFactory.instance.arrayNode();
        Arrays.stream(padded).dropWhile(String::isEmpty).forEach(words::add);
        return words;
    }

    private static String numbers(TensorSpec spec, double[] row) {
        ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
        for (double number : row) {
            Check.that(Double.isFinite(number), spec.name(), number, "a finite number");
            if (number == Math.rint(number) && Math.abs(number) < EXACT_INTEGERS) {
                numbers.add((long) number);
            } else {
                numbers.add(number);
            }
        }
        return print(numbers);
    }

    private static String print(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree of strings and finite numbers always prints
        }
    }

    /**
     * Rows of JSON text as one tensor. Contexts are padded with {@code ""} at the front to the longest.
     *
     * @throws IllegalArgumentException when a row is no JSON text of the kind that the spec says; the message says what
     *     came and what was expected
     */
    public static Tensor tensor(TensorSpec spec, List<String> rows) {
        if (spec.datatype().isNumeric()) {
            return numericTensor(spec, rows);
        }
        if (isContext(spec)) {
            return contextTensor(spec, rows);
        }
        String[] texts = rows.stream().map(RowReader::text).toArray(String[]::new);
        return Tensor.ofStrings(spec.name(), List.of((long) rows.size(), 1L), texts);
    }

    private static Tensor numericTensor(TensorSpec spec, List<String> rows) {
        List<double[]> numbers = rows.stream().map(RowReader::numbers).toList();
        int columns = numbers.isEmpty() ? 0 : numbers.get(0).length;
        for (double[] row : numbers) {
            Check.that(row.length == columns, "row", row.length + " numbers", columns + " as in the first row");
        }
        double[] flat = numbers.stream().flatMapToDouble(Arrays::stream).toArray();
        return Tensor.ofNumbers(spec.name(), spec.datatype(), List.of((long) rows.size(), (long) columns), flat);
    }

    private static Tensor contextTensor(TensorSpec spec, List<String> rows) {
        List<List<String>> contexts = rows.stream().map(RowReader::words).toList();
        int width = contexts.stream().mapToInt(List::size).max().orElse(0);
        String[] flat = new String[Math.multiplyExact(rows.size(), width)];
        Arrays.fill(flat, "");
        for (int row = 0; row < contexts.size(); row++) {
            List<String> words = contexts.get(row);
            System.arraycopy(words.toArray(), 0, flat, (row + 1) * width - words.size(), words.size());
        }
        return Tensor.ofStrings(spec.name(), List.of((long) rows.size(), (long) width), flat);
    }

    private static boolean isContext(TensorSpec spec) {
        return spec.shape().size() == 2 && spec.shape().get(1) != 1;
    }
}
