package io.abgate.model.training;

import io.abgate.model.dense.Features;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples with one and the same input: one pass forward and one pass back do for all of them.
 *
 * @param features the input
 * @param count how many samples
 * @param truths indexes of their labels, each once
 * @param counts how many samples have each of these labels; their sum is {@code count}
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record MergedSample(Features features, int count, int[] truths, int[] counts) {
    /** A sample alone. */
    static MergedSample of(Sample sample) {
        return new MergedSample(sample.features(), 1, new int[] {sample.truth()}, new int[] {1});
    }

    /** One for every distinct input, in the order in which inputs and their labels first come. */
    static List<MergedSample> merge(List<Sample> samples) {
        Map<Features, Map<Integer, Integer>> counts = new LinkedHashMap<>();
        for (Sample sample : samples) {
            counts.computeIfAbsent(sample.features(), features -> new LinkedHashMap<>())
                    .merge(sample.truth(), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(input -> of(input.getKey(), input.getValue()))
                .toList();
    }

    private static MergedSample of(Features features, Map<Integer, Integer> byTruth) {
        int[] truths = byTruth.keySet().stream().mapToInt(truth -> truth).toArray();
        int[] counts = byTruth.values().stream().mapToInt(count -> count).toArray();
        int count = byTruth.values().stream().mapToInt(ones -> ones).sum();
        return new MergedSample(features, count, truths, counts);
    }
}
