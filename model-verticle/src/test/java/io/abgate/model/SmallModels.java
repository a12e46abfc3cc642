package io.abgate.model;

import io.abgate.model.dense.Blueprint;
import io.abgate.model.dense.DenseModel;

/** Small models to try things on. */
public final class SmallModels {
    /** Words to "ham" or "spam". */
    public static final String TEXT = """
            {"format":"abgate/dense-v1","labels":["ham","spam"],
             "encoder":{"kind":"hashed-words","size":64,"hash":"xxh64"},
             "hidden":[4],"initialisation":{"kind":"he-normal"}}""";

    private SmallModels() {}

    /** A text model with weights of this seed. */
    public static DenseModel text(long seed) {
        return Blueprint.parse(TEXT).model(seed);
    }
}
