package io.abgate.model.dense;

import io.abgate.model.Model;
import io.abgate.model.ModelFormat;
import io.abgate.registry.domain.Check;

/**
 * Artifacts {@code abgate/dense-v1}: labels, an encoder, and layers with their weights (inputs × outputs, row-major) as
 * one JSON object.
 */
public final class DenseFormat implements ModelFormat {
    static final String NAME = "abgate/dense-v1";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean accepts(byte[] artifact) {
        return DenseJson.isOfFormat(artifact, NAME);
    }

    @Override
    public Model read(byte[] artifact) {
        int length = artifact.length;
        Check.that(length <= Limits.ARTIFACT_BYTES, "artifact", length + " bytes", "at most " + Limits.ARTIFACT_BYTES);
        return DenseJson.read("artifact", artifact, DenseDocument.class).model();
    }
}
