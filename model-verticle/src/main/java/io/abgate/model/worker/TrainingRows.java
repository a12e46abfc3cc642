package io.abgate.model.worker;

import io.abgate.model.RowJson;
import io.abgate.model.dense.DenseModel;
import io.abgate.model.dense.Features;
import io.abgate.model.training.Sample;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.Unusable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows as a model sees them; those that it can learn nothing from are dropped, and counted by reason. */
final class TrainingRows {
    private final DenseModel model;
    private final Map<String, Integer> labels = new HashMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private final Map<Unusable, Integer> dropped = new EnumMap<>(Unusable.class);
    private int outOfVocabulary;

    private TrainingRows(DenseModel model) {
        this.model = model;
        model.labels().forEach(label -> labels.put(label, labels.size()));
    }

    static TrainingRows of(DenseModel model, List<Example> rows) {
        TrainingRows read = new TrainingRows(model);
        rows.forEach(read::add);
        return read;
    }

    private void add(Example row) {
        Integer truth = labels.get(row.truth());
        if (truth == null) {
            drop(Unusable.UNKNOWN_TRUTH);
            return;
        }
        try {
            Tensor tensor = RowJson.tensor(model.input(), List.of(row.input()));
            if (isEmpty(tensor)) {
                drop(Unusable.EMPTY_INPUT);
            } else {
                encode(tensor, truth);
            }
        } catch (IllegalArgumentException e) {
            drop(Unusable.UNFIT_INPUT);
        }
    }

    /** Nothing but padding, or no numbers. */
    private static boolean isEmpty(Tensor tensor) {
        if (tensor.datatype().isNumeric()) {
            return tensor.numbers().length == 0;
        }
        for (String word : tensor.strings()) {
            if (!word.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void encode(Tensor tensor, int truth) {
        Features features = new Features();
        model.encoder().check(tensor);
        model.encoder().encode(tensor, 0, features);
        if (model.encoder().isEmpty(features)) {
            drop(Unusable.EMPTY_INPUT);
            return;
        }
        outOfVocabulary += model.encoder().isUnknown(tensor, 0) ? 1 : 0;
        samples.add(new Sample(features.copy(), truth));
    }

    private void drop(Unusable reason) {
        dropped.merge(reason, 1, Integer::sum);
    }

    /** Usable rows, in their order. */
    List<Sample> samples() {
        return samples;
    }

    /** How many were not usable, by reason. */
    Map<Unusable, Integer> dropped() {
        return dropped;
    }

    /** How many were not usable. */
    int droppedRows() {
        return dropped.values().stream().mapToInt(rows -> rows).sum();
    }

    /** Usable rows whose input the model does not know. */
    int outOfVocabulary() {
        return outOfVocabulary;
    }
}
