package io.abgate.model.dense;

import io.abgate.registry.domain.Check;
import java.util.List;
import java.util.stream.IntStream;

/** An artifact as its JSON says it, in the order of its canonical printing. */
record DenseDocument(String format, List<String> labels, Encoder encoder, List<LayerDocument> layers) {
    DenseDocument {
        Check.that(format.equals(DenseFormat.NAME), "artifact.format", format, DenseFormat.NAME);
        Check.that(
                !layers.isEmpty() && layers.size() <= Limits.LAYERS, "layers", layers.size(), "1 to " + Limits.LAYERS);
    }

    static DenseDocument of(DenseModel model) {
        List<LayerDocument> layers =
                model.network().layers().stream().map(LayerDocument::of).toList();
        return new DenseDocument(DenseFormat.NAME, model.labels(), model.encoder(), layers);
    }

    DenseModel model() {
        List<Layer> read = IntStream.range(0, layers.size())
                .mapToObj(i -> layers.get(i).layer("layers[" + i + "]"))
                .toList();
        return new DenseModel(labels, encoder, new Network(read));
    }
}
