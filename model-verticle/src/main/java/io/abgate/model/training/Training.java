package io.abgate.model.training;

import io.abgate.model.dense.Network;
import io.abgate.registry.contract.TrainOrder.Plan;
import io.abgate.registry.contract.TrainingCourse;
import io.abgate.registry.domain.Check;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One training, pass by pass, until its plan or its losses end it. */
final class Training {
    private final Plan plan;
    private final Network network;
    private final Progress progress;
    private final EarlyStop earlyStop;
    private final Divergence divergence;
    private final Descent descent;
    private final LossCurve curve = new LossCurve();
    private int epoch;
    private double firstLoss = Double.NaN;
    private double loss = Double.NaN;

    /** A training of this network, which changes. */
    Training(Plan plan, Network network, List<Sample> samples, Progress progress) {
        this.plan = plan;
        this.network = network;
        this.progress = progress;
        EarlyStop.Parts parts = EarlyStop.part(samples, plan.stopping(), plan.seed());
        earlyStop = parts.watch(network, plan.stopping());
        divergence = Divergence.from(new MeanLoss(network), parts.train(), network.outputs(), plan.stopping());
        descent = new Descent(network, parts.train(), plan);
    }

    Trained run() {
        while (epoch < plan.epochs()) {
            pass();
            String failure = failure();
            if (failure != null) {
                return new Trained(null, failure, firstLoss, loss, course(null));
            }
            if (earlyStop.isOver()) {
                break;
            }
        }
        String stopped = epoch == plan.epochs() ? null : stopped();
        return new Trained(earlyStop.best(network), null, firstLoss, loss, course(stopped));
    }

    private void pass() {
        loss = descent.pass();
        epoch++;
        firstLoss = epoch == 1 ? loss : firstLoss;
        curve.add(epoch, loss, earlyStop.passed(epoch, network));
        progress.passed(epoch, plan.epochs(), loss);
    }

    private @Nullable String failure() {
        if (!Double.isFinite(loss)) {
            return Check.message("loss of epoch " + epoch, loss, "a finite number; a lower learning rate may help");
        }
        String diverged = divergence.passed(epoch, loss);
        if (diverged != null) {
            return diverged;
        }
        boolean isLast = epoch == plan.epochs() || earlyStop.isOver();
        if (isLast && !earlyStop.best(network).isFinite()) {
            return Check.message("weights", "not finite", "finite numbers; a lower learning rate may help");
        }
        return null;
    }

    private String stopped() {
        return "no better on " + earlyStop.watchedRows() + " watched rows since epoch " + earlyStop.bestEpoch();
    }

    private TrainingCourse course(@Nullable String stopped) {
        return new TrainingCourse(
                epoch, curve.points(), earlyStop.watchedRows(), earlyStop.bestEpoch(), stopped, Map.of(), 0);
    }
}
