package io.abgate.model.training;

import io.abgate.model.dense.Network;
import io.abgate.registry.domain.Stopping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Watches rows that are not trained on, keeps the best weights on them, and ends a training that gets no better (early
 * stopping with patience, Prechelt 1998).
 */
final class EarlyStop {
    /** With fewer rows the best pass would be one of chance. */
    static final int FEWEST_WATCHED = 10;

    private static final long SALT = 0x7761746368L; // "watch"

    private final List<Sample> watched;
    private final int patience;
    private final MeanLoss loss;
    private double best = Double.POSITIVE_INFINITY;
    private int bestEpoch;
    private int lastEpoch;
    private @Nullable Network bestNetwork;

    private EarlyStop(Network network, List<Sample> watched, int patience) {
        this.watched = watched;
        this.patience = patience;
        this.loss = new MeanLoss(network);
    }

    /** Samples in two parts, both in their order. */
    record Parts(List<Sample> train, List<Sample> watched) {
        EarlyStop watch(Network network, Stopping stopping) {
            return new EarlyStop(network, watched, stopping.patience());
        }
    }

    /** Takes one sample in so many apart, drawn by seed; none where that gives too few. */
    static Parts part(List<Sample> samples, Stopping stopping, long seed) {
        int size = stopping.oneIn() == 0 ? 0 : samples.size() / stopping.oneIn();
        if (size < FEWEST_WATCHED) {
            return new Parts(samples, List.of());
        }
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            places.add(i);
        }
        Collections.shuffle(places, new Random(seed ^ SALT));
        boolean[] apart = new boolean[samples.size()];
        places.subList(0, size).forEach(place -> apart[place] = true);
        List<Sample> train = new ArrayList<>();
        List<Sample> watched = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            (apart[i] ? watched : train).add(samples.get(i));
        }
        return new Parts(List.copyOf(train), List.copyOf(watched));
    }

    /** A pass is done; gives the loss on the watched rows, null without any. */
    @Nullable
    Double passed(int epoch, Network network) {
        if (watched.isEmpty()) {
            return null;
        }
        lastEpoch = epoch;
        double now = loss.of(watched);
        if (now < best) {
            best = now;
            bestEpoch = epoch;
            bestNetwork = network.copy();
        }
        return Double.isFinite(now) ? now : null;
    }

    boolean isOver() {
        return lastEpoch - bestEpoch >= patience;
    }

    int bestEpoch() {
        return bestEpoch;
    }

    int watchedRows() {
        return watched.size();
    }

    /** The best weights; the given ones where nothing was watched. */
    Network best(Network last) {
        return bestNetwork == null ? last : bestNetwork;
    }
}
