package io.abgate.model;

import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.TensorSpec;
import java.util.List;

/** One immutable, loaded artifact. Safe to share between threads; what predicts is its {@link ModelRuntime}. */
public interface Model {
    /** Name of its format, for example {@code abgate/dense-v1}. */
    String format();

    /** Its labels; a predicted index counts in these. */
    List<String> labels();

    /** The tensor that it takes. */
    TensorSpec input();

    /** Its artifact in canonical printing: the same model always gives the same bytes. */
    byte[] artifact();

    /** SHA-256 of {@link #artifact}, in lower-case hexadecimal. */
    String sha256();

    /**
     * A copy that is worse on purpose: seeded normal noise of this standard deviation on every weight. This one stays as
     * it is.
     *
     * @throws IllegalArgumentException when the scale is no finite number above 0, or the format has no weights that could
     *     be changed
     */
    default Model withNoise(double scale, long seed) {
        throw new IllegalArgumentException(Check.message("format", format(), "one that has weights"));
    }

    /** A runtime of its own for one thread at a time. */
    ModelRuntime newRuntime();
}
