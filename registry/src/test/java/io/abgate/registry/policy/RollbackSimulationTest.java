package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.Rendezvous;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.simulation.Simulation;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * What is promised of an operator's canary, simulated through the whole policy: keys are split by the route table in
 * force, labels are folded into the state, and the policy is asked after each of them. Two faults on purpose show that
 * the harness would see a guard that counts the wrong thing.
 */
final class RollbackSimulationTest {
    private static final double ALPHA = .05;
    private static final int CHAMPION = 1;
    private static final int CANARY = 2;
    private static final double UNIT = 0x1.0p-53;

    /** What is done to labels before the policy sees them. */
    private enum Fault {
        NONE,
        /** Each request of a key counts as if it were a key of its own. */
        EVERY_REQUEST_COUNTS,
        /** Who answered gets the credit, so that a failure is nobody's. */
        WHO_ANSWERED_IS_CREDITED
    }

    /**
     * Keys come again, and a version is always right or always wrong for the same one.
     *
     * @param canaryFails how often the champion must answer in the canary's place
     */
    private record World(int labels, int keys, double championRight, double canaryRight, double canaryFails) {}

    private static final World EQUAL = new World(3_000, 1_000, .8, .8, 0);
    private static final World EQUAL_AMONG_REGULARS = new World(3_000, 100, .8, .8, 0);
    private static final World WORSE = new World(400, 2_000, .9, .7, 0);
    private static final World FAILING = new World(1_000, 2_000, .9, .9, .2);

    @Test
    void rarelyRollsBackAnEqualCanaryWhileKeysComeAgain() {
        int runs = Simulation.repetitions(200);
        assertThat(rollbackRate(EQUAL, Fault.NONE, runs, 1)).isBetween(.005, Simulation.band(ALPHA, runs));
        assertThat(rollbackRate(EQUAL_AMONG_REGULARS, Fault.NONE, runs, 6)).isLessThan(Simulation.band(ALPHA, runs));
    }

    @Test
    void rollsBackACanaryThatFellFromNinetyToSeventyWithinFourHundredLabels() {
        assertThat(rollbackRate(WORSE, Fault.NONE, Simulation.repetitions(200), 2))
                .isGreaterThanOrEqualTo(.9);
    }

    @Test
    void rollsBackACanaryThatFailsAlthoughTheChampionAnswersInItsPlace() {
        assertThat(rollbackRate(FAILING, Fault.NONE, Simulation.repetitions(200), 3))
                .isGreaterThanOrEqualTo(.9);
    }

    @Test
    void seesThatCountingEveryRequestOfAKeyBreaksThePromise() {
        assertThat(rollbackRate(EQUAL_AMONG_REGULARS, Fault.EVERY_REQUEST_COUNTS, Simulation.repetitions(100), 4))
                .isGreaterThan(4 * ALPHA);
    }

    @Test
    void seesThatCreditingWhoAnsweredHidesAFailingCanary() {
        assertThat(rollbackRate(FAILING, Fault.WHO_ANSWERED_IS_CREDITED, Simulation.repetitions(100), 5))
                .isLessThan(.1);
    }

    private static double rollbackRate(World world, Fault fault, int runs, long seed) {
        return Simulation.rate(runs, seed, random -> isRolledBack(world, fault, random));
    }

    private static boolean isRolledBack(World world, Fault fault, RandomGenerator random) {
        Mail quiet = Mail.SHIPPED.withoutDropRules().retrainingEvery(0);
        History history = History.withChampion(quiet).stores(CANARY).canary(CANARY, .5);
        history.routes(Set.of(CHAMPION, CANARY));
        RouteTable route = history.route();
        long people = random.nextLong();
        for (int label = 0; label < world.labels; label++) {
            String key = people + "/" + random.nextInt(world.keys);
            boolean fails = random.nextDouble() < world.canaryFails;
            history.learns(outcome(history, world, route, key, fails, fault, random));
            if (history.nextKind().filter(Verdict.Kind.ROLL_BACK::equals).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static Outcome outcome(
            History history,
            World world,
            RouteTable route,
            String key,
            boolean fails,
            Fault fault,
            RandomGenerator random) {
        long hash = Rendezvous.keyHash(route.salt(), key);
        int assigned = Rendezvous.pick(route, hash).version();
        int answered = assigned == CANARY && fails ? CHAMPION : assigned;
        double accuracy = answered == CANARY ? world.canaryRight : world.championRight;
        boolean right = luck(key) < accuracy;
        int flags = assigned == answered ? 0 : PredictionId.FALLBACK;
        return switch (fault) {
            case NONE -> History.told(history.request(assigned, answered, flags, hash), right);
            case EVERY_REQUEST_COUNTS ->
                History.told(history.request(assigned, answered, flags, random.nextLong()), right);
            case WHO_ANSWERED_IS_CREDITED -> History.told(history.request(answered, answered, 0, hash), right);
        };
    }

    /** How hard the requests of a key are, in [0, 1): the same for both versions. */
    private static double luck(String key) {
        return (Rendezvous.keyHash("luck", key) >>> 11) * UNIT;
    }
}
