package io.abgate.registry.contract;

import java.util.List;

/**
 * Answers of one version, a row each. The arrays are not copied and must not be changed.
 *
 * @param labels of the version
 * @param label index of the predicted label, {@code [n]}
 * @param confidence probability of that label, {@code [n]}
 * @param probabilities of every label, {@code [n][k]}
 */
@SuppressWarnings("ArrayRecordComponent") // a message: compared by nobody
public record PredictReply(List<String> labels, int[] label, double[] confidence, double[][] probabilities) {
    /** How many rows. */
    public int rows() {
        return label.length;
    }
}
