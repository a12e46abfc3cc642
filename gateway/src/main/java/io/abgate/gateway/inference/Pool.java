package io.abgate.gateway.inference;

import io.abgate.registry.contract.PredictReply;
import java.util.ArrayList;
import java.util.List;

/**
 * The weighted mean of what several versions say, over the labels of one of them: a linear opinion pool (Stone, "The
 * opinion pool", Annals of Mathematical Statistics 32, 1961). Labels are matched by their text; what a version says of a
 * label that is none of these goes to no other, and the rest is made to sum to 1. Of labels that are equally likely the
 * first wins, and terms are added in the order of the ballots, so that every gateway comes to the same bits.
 */
final class Pool {
    private final List<String> labels;
    private final double[][] sums;

    Pool(List<String> labels, int rows) {
        this.labels = labels;
        this.sums = new double[rows][labels.size()];
    }

    void add(PredictReply reply, double weight) {
        int[] places = reply.labels().stream().mapToInt(labels::indexOf).toArray();
        for (int row = 0; row < sums.length; row++) {
            double[] probabilities = reply.probabilities()[row];
            for (int i = 0; i < places.length; i++) {
                if (places[i] >= 0) {
                    sums[row][places[i]] += weight * probabilities[i];
                }
            }
        }
    }

    PredictReply reply() {
        int rows = sums.length;
        int[] label = new int[rows];
        double[] confidence = new double[rows];
        List<double[]> probabilities = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            double[] shares = normalised(sums[row]);
            label[row] = likeliest(shares);
            confidence[row] = shares[label[row]];
            probabilities.add(shares);
        }
        return new PredictReply(labels, label, confidence, probabilities.toArray(double[][]::new));
    }

    private static double[] normalised(double[] sums) {
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        double[] shares = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
            shares[i] = Math.min(1, sums[i] / total);
        }
        return shares;
    }

    private static int likeliest(double[] shares) {
        int best = 0;
        for (int i = 1; i < shares.length; i++) {
            best = shares[i] > shares[best] ? i : best;
        }
        return best;
    }
}
