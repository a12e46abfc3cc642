package io.abgate.registry.policy;

import static io.abgate.registry.policy.History.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.Rendezvous;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.rollout.RolloutSnapshot;
import io.abgate.registry.simulation.Simulation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Keys are tossed anew while labels are under way. */
final class TossesTest {
    private static final Mail GUARDED =
            Mail.SHIPPED.withoutDropRules().retrainingEvery(0).guardedBy(.2);
    private static final int LATER = 1_000_000;

    @Test
    void labelsThatWaitHaveTheirTurn() {
        History history =
                History.promoted(GUARDED.maturingIn(60)).learns(2, 20, true).learns(1, 5, true);
        tossed(history).happens(new TimePassed(LATER));
        assertThat(units(history)).isEqualTo(25);
        assertThat(baseline(history)).as("of the new champion alone").isEqualTo(20);
    }

    @Test
    void labelsThatAreStillToComeHaveTheirTurn() {
        History history = History.promoted(GUARDED.maturingIn(60));
        PredictionId early = history.request(2);
        tossed(history).learns(told(early, true), told(history.request(2), true));
        history.happens(new TimePassed(LATER));
        assertThat(units(history)).isEqualTo(2);
        assertThat(history.guard().collected().received()).isEqualTo(2);
    }

    @Test
    void theirTurnIsNotEarlierThanItWouldHaveBeen() {
        History history = History.promoted(GUARDED.maturingIn(60)).learns(2, 1, true);
        long due = history.state.dueMillis().orElseThrow();
        tossed(history);
        assertThat(history.state.dueMillis()).contains(due);
        assertThat(units(history.happens(new TimePassed(due - 1)))).isZero();
        assertThat(units(history.happens(new TimePassed(due)))).isOne();
    }

    @Test
    void aKeyCountsOnceForEachToss() {
        History history = History.promoted(GUARDED);
        PredictionId early = history.request(2, 2, 0, 77);
        history.learns(told(history.request(2, 2, 0, 77), true));
        tossed(history).learns(told(early, true));
        assertThat(units(history)).as("seen by the toss that was").isOne();
        history.learns(told(history.request(2, 2, 0, 77), true), told(history.request(2, 2, 0, 77), true));
        assertThat(units(history)).isEqualTo(2);
    }

    @Test
    void labelsOfTheTossBeforeTheLastCountWhileTheyWaitAndOthersOfItNoMore() {
        History history = History.promoted(GUARDED.maturingIn(60));
        PredictionId early = history.request(2);
        history.learns(2, 3, true);
        tossed(tossed(history)).learns(2, 1, true).happens(new TimePassed(LATER));
        tossed(history);
        assertThat(units(history)).isEqualTo(4);
        assertThat(history.state
                        .snapshot()
                        .evidence()
                        .experiments()
                        .guard()
                        .tosses()
                        .all())
                .as("the last one and the one before")
                .hasSize(2);
        history.learns(told(early, true));
        assertThat(units(history)).isEqualTo(4);
        assertThat(history.guard().collected().units()).isEqualTo(4);
    }

    /** Shares that follow live accuracy change every few labels, and a label comes 5,000 labels after its prediction. */
    @Test
    void aGuardSeesItsUnitsWhereSharesMoveAndLabelsTakeTime() {
        History history =
                History.promoted(GUARDED.routedBy(RoutingMode.ADAPTIVE).maturingIn(6));
        RandomGenerator random = Simulation.random(1);
        Deque<PredictionId> underWay = new ArrayDeque<>();
        for (int i = 0; i < 30_000; i++) {
            long hash = random.nextLong();
            int assigned = Rendezvous.pick(history.route(), hash).version();
            underWay.add(history.request(assigned, assigned, 0, hash));
            if (underWay.size() > 5_000) {
                history.learns(told(underWay.remove(), random.nextDouble() < .9));
                follow(history);
            }
        }
        assertThat(units(history)).isGreaterThan(23_000);
    }

    private static void follow(History history) {
        RouteTable planned = history.planned(Set.of(1, 2)).orElseThrow();
        if (!RoutePlan.same(history.route(), planned, .01)) {
            history.happens(new RoutePublished(planned));
        }
    }

    /** A canary begins and ends. */
    private static History tossed(History history) {
        String salt = history.state.salt();
        history.stores(history.state.nextVersion()).canary(history.state.nextVersion() - 1, .1);
        history.moves(history.state.nextVersion() - 1, Stage.CANDIDATE).routes(Set.of(1, 2));
        assertThat(history.state.salt()).isNotEqualTo(salt);
        return history;
    }

    private static long units(History history) {
        return history.guard().units().labels() + history.guard().controlUnits().labels();
    }

    private static long baseline(History history) {
        RolloutSnapshot.Fall watched = history.guard().policy().snapshot().fall();
        return watched.baseline().labels() + watched.block().labels();
    }
}
