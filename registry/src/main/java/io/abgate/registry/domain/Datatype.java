package io.abgate.registry.domain;

/** Tensor datatypes of the Open Inference Protocol v2 that abgate takes. */
public enum Datatype {
    BOOL(1),
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    UINT64(8),
    FP32(4),
    FP64(8),
    /** Strings, as UTF-8. */
    BYTES(-1);

    private final int width;

    Datatype(int width) {
        this.width = width;
    }

    /** Bytes of one element in a binary tensor, or -1 where it varies. */
    public int width() {
        return width;
    }

    /** Whether an element is a number (BOOL counts as 0 or 1). */
    public boolean isNumeric() {
        return this != BYTES;
    }
}
