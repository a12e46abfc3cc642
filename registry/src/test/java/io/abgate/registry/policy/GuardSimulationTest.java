package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.Rendezvous;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.policy.Verdict.Kind;
import io.abgate.registry.simulation.Simulation;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * What the guard promises, simulated through the whole policy: new keys are split by the route table in force, labels are
 * folded into the state, tables follow, and the policy is asked after each label.
 */
final class GuardSimulationTest {
    private static final double ALPHA = .05;
    private static final int WATCHED = 10_000;
    private static final int FORMER = 1;
    private static final int FRESH = 2;
    private static final Mail GUARDED =
            Mail.SHIPPED.withoutDropRules().retrainingEvery(0).guardedBy(.05);

    /**
     * Both are right on 90 of 100 at first.
     *
     * @param fall of the new champion after 500 labels
     * @param commonFall of both
     */
    private record World(double fall, double commonFall) {
        double right(int version, int label) {
            if (label < 500) {
                return .9;
            }
            return .9 - commonFall - (version == FRESH ? fall : 0);
        }
    }

    @Test
    void seldomTakesBackAChampionThatIsAsGoodAsItsControl() {
        int runs = Simulation.repetitions(70);
        assertThat(Simulation.rate(runs, 1, random -> first(new World(0, 0), random)
                        .filter(Kind.ROLL_BACK::equals)
                        .isPresent()))
                .isLessThanOrEqualTo(Simulation.band(ALPHA, runs));
    }

    @Test
    void takesBackAChampionThatFellAlone() {
        int runs = Simulation.repetitions(40);
        assertThat(Simulation.rate(runs, 2, random -> first(new World(.2, 0), random)
                        .filter(Kind.ROLL_BACK::equals)
                        .isPresent()))
                .isGreaterThanOrEqualTo(.95);
    }

    @Test
    void retrainsWhenBothFell() {
        int runs = Simulation.repetitions(40);
        assertThat(Simulation.rate(runs, 3, random -> first(new World(0, .15), random)
                        .filter(Kind.RETRAIN::equals)
                        .isPresent()))
                .isGreaterThanOrEqualTo(.9);
    }

    private static Optional<Kind> first(World world, RandomGenerator random) {
        History history = History.withChampion(GUARDED).stores(FRESH).promotes(FRESH, FORMER);
        for (int label = 0; label < WATCHED; label++) {
            follow(history);
            long hash = random.nextLong();
            int assigned = Rendezvous.pick(history.route(), hash).version();
            PredictionId id = history.request(assigned, assigned, 0, hash);
            history.learns(History.told(id, random.nextDouble() < world.right(assigned, label)));
            Optional<Kind> verdict = history.nextKind();
            if (verdict.isPresent()) {
                return verdict;
            }
        }
        return Optional.empty();
    }

    private static void follow(History history) {
        RouteTable planned = history.planned(Set.of(FORMER, FRESH)).orElseThrow();
        if (!RoutePlan.same(history.route(), planned, 0)) {
            history.happens(new RoutePublished(planned));
        }
    }
}
