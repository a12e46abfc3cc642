package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Oversight;
import io.abgate.registry.domain.Oversight.Deciding;
import io.abgate.registry.domain.Oversight.Mode;
import io.abgate.registry.domain.Oversight.Threshold;
import io.abgate.registry.domain.Restraint.Approval;
import io.abgate.registry.simulation.Simulation;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * What each of {@code rollout.decisions} does to versions that are as good as what they are compared with, and to worse
 * ones, simulated through the whole policy with the shipped figures of the threshold rule: no rate is promised of it, and
 * none is kept. Half of the labels go to a canary, a former champion keeps one in twenty.
 */
final class ThresholdSimulationTest {
    private static final double ALPHA = .05;
    private static final int LABELS = 3_000;
    private static final int OLD = 1;
    private static final int NEW = 2;

    /** How right both are, in the first half of the labels and after it. */
    private record World(double old, double oldLater, double fresh, double freshLater) {
        double right(int version, int label) {
            boolean later = label >= LABELS / 2;
            if (version == NEW) {
                return later ? freshLater : fresh;
            }
            return later ? oldLater : old;
        }
    }

    private static final World EQUAL = new World(.9, .9, .9, .9);
    private static final World BOTH_FALL = new World(.9, .75, .9, .75);
    private static final World WORSE = new World(.9, .9, .8, .8);

    @Test
    void takesEqualCanariesBackWhereThresholdsDecideOrMayDecide() {
        int runs = Simulation.repetitions(120);
        int[] sequential = stops("canary, equal", Deciding.SEQUENTIAL, true, EQUAL, runs, 1);
        int[] threshold = stops("canary, equal", Deciding.THRESHOLD, true, EQUAL, runs, 1);
        int[] both = stops("canary, equal", Deciding.BOTH, true, EQUAL, runs, 1);
        assertThat(Simulation.part(sequential, LABELS)).isLessThanOrEqualTo(Simulation.band(ALPHA, runs));
        assertThat(Simulation.part(threshold, LABELS)).isGreaterThan(10 * ALPHA);
        assertThat(Simulation.part(both, LABELS)).isGreaterThanOrEqualTo(Simulation.part(threshold, LABELS));
    }

    @Test
    void seesAWorseCanaryWhicheverDecides() {
        int runs = Simulation.repetitions(40);
        for (Deciding decisions : Deciding.values()) {
            int[] stops = stops("canary, .80 against .90", decisions, true, WORSE, runs, 2);
            assertThat(Simulation.part(stops, LABELS)).as(decisions.name()).isGreaterThanOrEqualTo(.95);
        }
    }

    @Test
    void takesAGuardedChampionBackForAHardDayWhereThresholdsDecide() {
        int runs = Simulation.repetitions(40);
        for (Deciding decisions : Deciding.values()) {
            int[] calm = stops("champion, equal", decisions, false, EQUAL, runs, 3);
            int[] hard = stops("champion, both fall to .75", decisions, false, BOTH_FALL, runs, 4);
            if (decisions.byThreshold()) {
                assertThat(Simulation.part(calm, LABELS)).as(decisions.name()).isGreaterThan(4 * ALPHA);
                assertThat(Simulation.part(hard, LABELS)).as(decisions.name()).isGreaterThan(.9);
            } else {
                assertThat(Simulation.part(calm, LABELS)).isLessThanOrEqualTo(Simulation.band(ALPHA, runs));
                assertThat(Simulation.part(hard, LABELS)).isLessThanOrEqualTo(Simulation.band(ALPHA, runs));
            }
        }
    }

    private static int[] stops(String name, Deciding decisions, boolean canary, World world, int runs, long seed) {
        int[] stops = Simulation.stops(runs, seed, random -> stop(history(decisions, canary), world, random));
        double rate = Simulation.part(stops, LABELS);
        System.out.printf(
                Locale.ROOT,
                "decisions %s, %s: %.3f taken back within %d labels, %s in the median of all runs%n",
                decisions,
                name,
                rate,
                LABELS,
                rate > .5 ? "after " + Simulation.median(stops) : "never");
        return stops;
    }

    private static History history(Deciding decisions, boolean canary) {
        Mail mail = Mail.SHIPPED
                .withoutDropRules()
                .retrainingEvery(0)
                .overseenBy(new Oversight(Mode.ACT, Approval.AUTOMATIC, decisions, Threshold.DEFAULT));
        if (canary) {
            return History.withChampion(mail).stores(NEW).canary(NEW, .5).routes(Set.of(OLD, NEW));
        }
        return History.withChampion(mail.guardedBy(.05))
                .stores(NEW)
                .promotes(NEW, OLD)
                .routes(Set.of(OLD, NEW));
    }

    /** Label after which the new version is to be taken back. */
    private static int stop(History history, World world, RandomGenerator random) {
        for (int label = 0; label < LABELS; label++) {
            if (label % 50 == 0) {
                history.routes(Set.of(OLD, NEW)); // half of them are the control's while a cause is sought
            }
            int assigned = random.nextDouble() < history.route().share(NEW) ? NEW : OLD;
            history.learns(History.told(
                    history.request(assigned, assigned, 0, random.nextLong()),
                    random.nextDouble() < world.right(assigned, label)));
            if (history.nextKind().filter(Verdict.Kind.ROLL_BACK::equals).isPresent()) {
                return label + 1;
            }
        }
        return Simulation.NEVER;
    }
}
