package io.abgate.registry.policy;

import io.abgate.registry.domain.Stage;
import org.jspecify.annotations.Nullable;

/** The drill that is under way, if one is: as long as its version is the canary. */
record RunningDrill(@Nullable DrillBegan begun) {
    /** One begins; if it only measures it is over at once. */
    RunningDrill next(ModelState state, DrillBegan drill) {
        return isCanary(state, drill) ? new RunningDrill(drill) : this;
    }

    /** Stages changed. */
    RunningDrill follow(ModelState state) {
        return begun == null || isCanary(state, begun) ? this : new RunningDrill(null);
    }

    private static boolean isCanary(ModelState state, DrillBegan drill) {
        return state.ofStage(Stage.CANARY)
                .filter(canary -> canary.number() == drill.version())
                .isPresent();
    }
}
