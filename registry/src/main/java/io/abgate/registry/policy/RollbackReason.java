package io.abgate.registry.policy;

import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.policy.rollout.Phase;
import java.util.Locale;

/** Says for a person why the evidence takes a version back: by what there was when it was strongest. */
final class RollbackReason {
    private RollbackReason() {}

    static String of(Experiment experiment) {
        Phase phase = experiment.policy().phase();
        return phase == Phase.SHADOW
                ? experiment.advice().reason()
                : live(experiment, phase == Phase.CANARY ? "champion" : "the former champion");
    }

    private static String live(Experiment experiment, String control) {
        Counts fresh = experiment.policy().life().newAtPeak();
        Counts former = experiment.policy().life().controlAtPeak();
        LifeLedger life = experiment.policy().life().wealth();
        return String.format(
                Locale.ROOT,
                "less accurate than %s %d beside it after %d labelled keys (%.1f of %d right against %.1f of %d);"
                        + " the e-value reached %.1f, the threshold is %.0f",
                control,
                experiment.control(),
                fresh.labels() + former.labels(),
                fresh.scoreSum(),
                fresh.labels(),
                former.scoreSum(),
                former.labels(),
                life.peak(),
                life.threshold());
    }
}
