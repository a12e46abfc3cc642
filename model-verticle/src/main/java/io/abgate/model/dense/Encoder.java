package io.abgate.model.dense;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.TensorSpec;

/** How a row of a tensor becomes the input of a network. Immutable, and safe to share between threads. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = HashedWords.class, name = "hashed-words"),
    @JsonSubTypes.Type(value = LastWord.class, name = "last-word"),
    @JsonSubTypes.Type(value = Numeric.class, name = "numeric")
})
public sealed interface Encoder permits HashedWords, LastWord, Numeric {
    /** How many inputs the network has. */
    int size();

    /** The tensor that it takes. */
    TensorSpec input();

    /**
     * Checks datatype and shape, once for all rows.
     *
     * @throws IllegalArgumentException when they do not fit
     */
    void check(Tensor tensor);

    /**
     * Encodes one row of a checked tensor in place of what the buffer held.
     *
     * @throws IllegalArgumentException when the row's values do not fit
     */
    void encode(Tensor tensor, int row, Features into);

    /** Whether an encoded row says nothing, so that there is nothing to learn from it. */
    default boolean isEmpty(Features row) {
        return row.count() == 0;
    }

    /** Whether a row of a checked tensor is encoded as something that stands for whatever is not known. */
    default boolean isUnknown(Tensor tensor, int row) {
        return false;
    }
}
