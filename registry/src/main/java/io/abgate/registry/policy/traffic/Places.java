package io.abgate.registry.policy.traffic;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How a probability of error is shared out among streams of units, when nobody knows how many there will be: the j-th
 * that appears gets w_j = 1 / (j (j + 1)) of it.
 *
 * <p>A routing key can be a unit of two gateways and goes the same way at both, so the e-values of two streams are not
 * independent and their product is no e-value. Each is tested for itself.
 *
 * <p>Proof: the e-value E_j of a stream is a non-negative supermartingale from 1, so by Ville P(E_j ever reaches
 * 1 / (α w_j)) ≤ α w_j; and Σ w_j = Σ (1/j − 1/(j + 1)) = 1, so the probability that any stream does is at most α,
 * however they hang together.
 */
final class Places {
    private Places() {}

    /** What the e-value of the stream at this place, from 0, has to reach. */
    static double threshold(double alpha, int place) {
        double j = place + 1.0;
        return j * (j + 1) / alpha;
    }

    /** Of tests, each at the place that it stands at, that which is, or came, closest to its threshold. */
    static <T> Reading nearest(double alpha, List<T> tests, ToDoubleFunction<T> eValue, ToDoubleFunction<T> peak) {
        Reading nearest = new Reading(1, 1, threshold(alpha, 0));
        for (int place = 0; place < tests.size(); place++) {
            T test = tests.get(place);
            Reading reading =
                    new Reading(eValue.applyAsDouble(test), peak.applyAsDouble(test), threshold(alpha, place));
            if (reading.part() > nearest.part()) {
                nearest = reading;
            }
        }
        return nearest;
    }
}
