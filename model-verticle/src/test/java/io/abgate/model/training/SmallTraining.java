package io.abgate.model.training;

import io.abgate.model.dense.Blueprint;
import io.abgate.model.dense.DenseModel;
import io.abgate.model.dense.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A small network and rows to train it on. */
final class SmallTraining {
    static final DenseModel MODEL = Blueprint.parse("""
                    {"format":"abgate/dense-v1","labels":["a","b","c"],"hidden":[5],
                     "encoder":{"kind":"numeric","size":4,"scale":1},"initialisation":{"kind":"he-normal"}}""").model(7);
    static final int ROWS = 23;

    static double[][] inputs() {
        Random random = new Random(11);
        return Stream.generate(() -> random.doubles(4, -1, 1).toArray())
                .limit(ROWS)
                .toArray(double[][]::new);
    }

    static Sample sample(double[] input, int truth) {
        Features row = new Features();
        for (int i = 0; i < input.length; i++) {
            row.add(i, input[i]);
        }
        return new Sample(row, truth);
    }

    static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (double[] input : inputs()) {
            samples.add(sample(input, samples.size() % 3));
        }
        return samples;
    }

    private SmallTraining() {}
}
