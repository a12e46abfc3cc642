package io.abgate.registry.domain;

import java.util.List;

/**
 * What a model takes or gives, as its metadata says it.
 *
 * @param name of the tensor
 * @param datatype of its elements
 * @param shape its dimensions; -1 is a free one
 */
public record TensorSpec(String name, Datatype datatype, List<Long> shape) {
    public TensorSpec {
        shape = List.copyOf(shape);
    }
}
