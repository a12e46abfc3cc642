package io.abgate.model;

import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.TensorSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A model of a kind of its own: answers what a test says. */
public record StubModel(List<String> labels, TensorSpec input, ModelRuntime runtime) implements Model {
    /** One that takes texts. */
    public static StubModel ofText(List<String> labels, ModelRuntime runtime) {
        return new StubModel(labels, new TensorSpec("text", Datatype.BYTES, List.of(-1L, 1L)), runtime);
    }

    @Override
    public String format() {
        return "stub";
    }

    @Override
    public byte[] artifact() {
        return format().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String sha256() {
        return "0".repeat(64);
    }

    @Override
    public ModelRuntime newRuntime() {
        return runtime;
    }
}
