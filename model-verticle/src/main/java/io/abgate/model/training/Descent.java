package io.abgate.model.training;

import io.abgate.model.dense.Network;
import io.abgate.registry.contract.TrainOrder.Plan;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** One training under way: passes over the samples that change a network in place. */
final class Descent {
    private final List<MergedSample> samples;
    private final int rows;
    private final Plan plan;
    private final BackPropagation gradient;
    private final int[] order;
    private final Random random;

    Descent(Network network, List<Sample> samples, Plan plan) {
        // a batch of all rows is the same batch in every pass: equal inputs are merged once
        this.samples = plan.batch() == 0
                ? MergedSample.merge(samples)
                : samples.stream().map(MergedSample::of).toList();
        rows = samples.size();
        this.plan = plan;
        gradient = new BackPropagation(network);
        order = IntStream.range(0, this.samples.size()).toArray();
        random = new Random(~plan.seed()); // not the stream that made the weights
    }

    /** Makes one pass and gives the mean loss, each row's read before the step that it is part of. */
    double pass() {
        int size = plan.batch() == 0 ? order.length : plan.batch();
        if (plan.batch() > 0) {
            shuffle();
        }
        double loss = 0;
        for (int from = 0; from < order.length; from += size) {
            loss += step(from, (int) Math.min((long) from + size, order.length));
        }
        return loss / rows;
    }

    private double step(int from, int to) {
        double loss = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            MergedSample next = samples.get(order[i]);
            loss += gradient.add(next);
            count += next.count();
        }
        gradient.descend(plan.learningRate() / count);
        return loss;
    }

    private void shuffle() {
        for (int last = order.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int swapped = order[last];
            order[last] = order[other];
            order[other] = swapped;
        }
    }
}
