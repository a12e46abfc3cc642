package io.abgate.model.worker;

import io.abgate.model.RowJson;
import io.abgate.model.dense.DenseModel;
import io.abgate.model.dense.Features;
import io.abgate.model.training.Sample;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows as a model sees them; those with an empty or unfit input, or a truth that is no label, are dropped.
 *
 * @param samples usable rows, in their order
 * @param dropped how many were not usable
 */
record TrainingRows(List<Sample> samples, int dropped) {
    static TrainingRows of(DenseModel model, List<Example> rows) {
        Map<String, Integer> labels = IntStream.range(0, model.labels().size())
                .boxed()
                .collect(Collectors.toMap(model.labels()::get, Function.identity()));
        List<Sample> samples = new ArrayList<>();
        for (Example row : rows) {
            Integer truth = labels.get(row.truth());
            if (truth != null) {
                encode(model, row.input())
                        .map(features -> new Sample(features, truth))
                        .ifPresent(samples::add);
            }
        }
        return new TrainingRows(samples, rows.size() - samples.size());
    }

    private static Optional<Features> encode(DenseModel model, String input) {
        Features features = new Features();
        try {
            Tensor tensor = RowJson.tensor(model.input(), List.of(input));
            model.encoder().check(tensor);
            model.encoder().encode(tensor, 0, features);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(features.copy()).filter(row -> !model.encoder().isEmpty(row));
    }
}
