package io.abgate.model.worker;

import io.abgate.model.Model;
import io.abgate.registry.contract.Inspection;

/** Says of a model what the registry stores with a version. */
final class Inspections {
    private Inspections() {}

    static Inspection of(Model model) {
        return new Inspection(model.artifact(), model.sha256(), model.format(), model.labels(), model.input());
    }
}
