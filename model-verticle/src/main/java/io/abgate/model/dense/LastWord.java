package io.abgate.model.dense;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.TensorSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A context of words as its last word: the element at its place in a vocabulary is 1. A last word that is not in the
 * vocabulary, an empty one among them, takes the place of the word for unknown ones.
 */
@JsonPropertyOrder({"vocabulary", "unknown"})
final class LastWord implements Encoder {
    private static final TensorSpec INPUT = new TensorSpec("context", Datatype.BYTES, List.of(-1L, -1L));

    private final List<String> vocabulary;
    private final String unknown;
    private final Map<String, Integer> indexes = new HashMap<>();

    @JsonCreator
    LastWord(@JsonProperty("vocabulary") List<String> vocabulary, @JsonProperty("unknown") String unknown) {
        Limits.checkNames("encoder.vocabulary", vocabulary);
        Check.that(vocabulary.contains(unknown), "encoder.unknown", unknown, "a word of the vocabulary");
        this.vocabulary = List.copyOf(vocabulary);
        this.unknown = unknown;
        for (String word : vocabulary) {
            indexes.put(word, indexes.size());
        }
    }

    @JsonProperty
    List<String> vocabulary() {
        return vocabulary;
    }

    @JsonProperty
    String unknown() {
        return unknown;
    }

    @Override
    public int size() {
        return vocabulary.size();
    }

    @Override
    public TensorSpec input() {
        return INPUT;
    }

    @Override
    public void check(Tensor tensor) {
        boolean isGood = tensor.datatype() == Datatype.BYTES && tensor.shape().size() == 2 && tensor.columns() > 0;
        if (!isGood) {
            refuse(tensor);
        }
    }

    private static void refuse(Tensor tensor) {
        Check.that(tensor.datatype() == Datatype.BYTES, tensor.name(), tensor.datatype(), "BYTES");
        Check.that(tensor.shape().size() == 2, "shape of " + tensor.name(), tensor.shape(), "[n, w]");
        Check.that(tensor.columns() > 0, "shape of " + tensor.name(), tensor.shape(), "at least 1 word in a row");
    }

    @Override
    public void encode(Tensor tensor, int row, Features into) {
        String word = lastWord(tensor, row);
        if (word.isEmpty()) {
            checkNotEmpty(tensor, row);
        }
        into.clear();
        into.add(index(word), 1);
    }

    @Override
    public boolean isUnknown(Tensor tensor, int row) {
        return !indexes.containsKey(lastWord(tensor, row));
    }

    private static String lastWord(Tensor tensor, int row) {
        return tensor.strings()[(row + 1) * tensor.columns() - 1];
    }

    /** Padding fills short contexts with empty words, so a row of nothing else is an empty context. */
    private static void checkNotEmpty(Tensor tensor, int row) {
        int columns = tensor.columns();
        boolean isEmpty = Arrays.stream(tensor.strings(), row * columns, (row + 1) * columns)
                .allMatch(String::isEmpty);
        Check.that(!isEmpty, tensor.name() + "[" + row + "]", "an empty context", "at least one word");
    }

    private int index(String word) {
        Integer known = indexes.get(word);
        return known != null ? known : indexes.getOrDefault(unknown, 0);
    }
}
