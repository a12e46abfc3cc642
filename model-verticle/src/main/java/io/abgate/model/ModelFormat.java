package io.abgate.model;

/** Reads artifacts of one format. Found with {@link java.util.ServiceLoader}. */
public interface ModelFormat {
    /** Name of the format, for example {@code abgate/dense-v1}. */
    String name();

    /** Whether these bytes claim to be of this format. */
    boolean accepts(byte[] artifact);

    /**
     * Reads an artifact, checking shapes, sizes and finiteness.
     *
     * @throws IllegalArgumentException when it is no sound artifact; the message says what came and what was expected
     */
    Model read(byte[] artifact);
}
