package io.abgate.registry.policy;

import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.DiscountedThompson;
import java.util.List;
import java.util.Set;

/** Who takes part in adaptive routing, and what is believed of each: champion, canary with its share as cap, standby. */
final class Arms {
    private static final List<Stage> STAGES = List.of(Stage.CHAMPION, Stage.CANARY, Stage.STANDBY);

    private final DiscountedThompson thompson;

    Arms(double discount) {
        this(new DiscountedThompson(discount));
    }

    private Arms(DiscountedThompson thompson) {
        this.thompson = thompson;
    }

    static Arms restored(double discount, DiscountedThompson.Snapshot snapshot) {
        return new Arms(DiscountedThompson.restored(discount, snapshot));
    }

    /** Stages or shares changed. */
    void follow(ModelState state) {
        for (int arm : thompson.versions()) {
            if (!STAGES.contains(state.version(arm).stage())) {
                thompson.remove(arm);
            }
        }
        for (Stage stage : STAGES) {
            state.ofStage(stage).map(VersionState::number).filter(this::isNoArm).ifPresent(thompson::add);
        }
        // a canary that became champion must not keep the cap it had
        state.ofStage(Stage.CANARY)
                .ifPresentOrElse(canary -> thompson.cap(canary.number(), canary.canaryShare()), () -> liftCap(state));
    }

    private void liftCap(ModelState state) {
        state.ofStage(Stage.CHAMPION).ifPresent(champion -> thompson.cap(champion.number(), 1));
    }

    private boolean isNoArm(int version) {
        for (int arm : thompson.versions()) {
            if (arm == version) {
                return false;
            }
        }
        return true;
    }

    /** What was believed of these versions is forgotten. */
    void withdraw(ModelState state, Set<Integer> affected) {
        for (int arm : thompson.versions()) {
            if (affected.contains(arm)) {
                thompson.remove(arm);
            }
        }
        follow(state); // those removed are added, with their cap
    }

    DiscountedThompson thompson() {
        return thompson;
    }
}
