package io.abgate.gateway.inference;

import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.TensorSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What the protocol says of a model. */
final class Metadata {
    private static final long FREE = -1;

    private Metadata() {}

    /** A model, with these of its versions. */
    static JsonObject of(ModelSettings model, List<RoutedVersion> versions) {
        return new JsonObject()
                .put("name", model.name())
                .put(
                        "versions",
                        new JsonArray(versions.stream()
                                .map(version -> Integer.toString(version.version()))
                                .toList()))
                .put("platform", platform(model))
                .put("inputs", new JsonArray().add(tensor(model.input())))
                .put("outputs", outputs(model));
    }

    /** All versions of a table, in its order. */
    static JsonObject of(ModelSettings model, RouteTable table) {
        return of(model, table.versions());
    }

    private static String platform(ModelSettings model) {
        return new JsonObject(model.blueprint()).getString("format", "abgate").replace('/', '_');
    }

    private static JsonArray outputs(ModelSettings model) {
        long labels = model.labels().size();
        return new JsonArray()
                .add(tensor(new TensorSpec("label", Datatype.BYTES, List.of(FREE))))
                .add(tensor(new TensorSpec("confidence", Datatype.FP64, List.of(FREE))))
                .add(tensor(new TensorSpec("probabilities", Datatype.FP64, List.of(FREE, labels))))
                .add(tensor(new TensorSpec("prediction_id", Datatype.BYTES, List.of(FREE))));
    }

    private static JsonObject tensor(TensorSpec spec) {
        return new JsonObject()
                .put("name", spec.name())
                .put("datatype", spec.datatype().name())
                .put("shape", new JsonArray(spec.shape()));
    }
}
