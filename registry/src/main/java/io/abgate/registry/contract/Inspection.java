package io.abgate.registry.contract;

import io.abgate.registry.domain.TensorSpec;
import java.util.List;

/**
 * What a model node found in an artifact.
 *
 * @param bytes its canonical printing
 * @param sha256 of that printing, in lower-case hexadecimal
 * @param format for example {@code abgate/dense-v1}
 */
@SuppressWarnings("ArrayRecordComponent") // a message: compared by nobody
public record Inspection(byte[] bytes, String sha256, String format, List<String> labels, TensorSpec input) {
    public Inspection {
        labels = List.copyOf(labels);
    }
}
