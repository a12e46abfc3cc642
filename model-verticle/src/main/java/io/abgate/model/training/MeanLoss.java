package io.abgate.model.training;

import io.abgate.model.dense.ForwardPass;
import io.abgate.model.dense.Network;
import java.util.List;

/** The mean cross-entropy of a network, −ln(p + 1e-15), as it is when it is asked for. */
final class MeanLoss {
    private final ForwardPass pass;

    MeanLoss(Network network) {
        pass = new ForwardPass(network);
    }

    double of(List<Sample> samples) {
        double loss = 0;
        for (Sample sample : samples) {
            loss -= StrictMath.log(pass.run(sample.features())[sample.truth()] + BackPropagation.SMALLEST);
        }
        return loss / samples.size();
    }
}
