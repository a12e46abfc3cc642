package io.abgate.registry.policy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.policy.rollout.Life.End;
import io.abgate.registry.policy.rollout.Life.World;
import io.abgate.registry.simulation.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the whole policy as shipped does with versions of a champion that is right on 90 of 100: whole lives, through
 * shadow, ladder and up to 10,000 labels of the guard. The bands are around what an independent simulation, in another
 * language, gave for the same procedure.
 */
class RolloutSimulationTest {
    private static final int WATCHED = 10_000;
    private static final double ALPHA = RolloutSettings.DEFAULT.alpha();

    @Test
    void rarelyTakesBackAnEqualVersionAndPromotesIt() {
        List<Life> lives = lives(World.of(.9), 600, 1, WATCHED);
        assertThat(part(lives, Life::isTakenBack)).isBetween(.004, .032).isLessThan(Simulation.band(ALPHA, 600));
        assertThat(part(lives, Life::isPromoted)).isBetween(.88, .95);
        assertThat(part(lives, life -> life.end == End.RETRAINED)).isLessThan(.04);
        List<Life> promoted = lives.stream().filter(Life::isPromoted).toList();
        assertThat(median(promoted.stream().mapToInt(life -> life.shadowLabels)))
                .isBetween(1_500, 2_000);
        assertThat(median(promoted.stream().mapToInt(life -> life.canaryLabels)))
                .isBetween(1_350, 1_750);
    }

    @Test
    void promotesABetterVersionAsSoonAsItMay() {
        List<Life> lives = lives(World.of(.93), 200, 2, 1_000);
        assertThat(part(lives, Life::isPromoted)).isGreaterThanOrEqualTo(.98);
        assertThat(part(lives, Life::isTakenBack)).isLessThan(.02);
        assertThat(median(lives.stream().mapToInt(life -> life.shadowLabels))).isBetween(200, 300);
        assertThat(median(lives.stream().mapToInt(life -> life.canaryLabels))).isEqualTo(1_000);
    }

    @Test
    void takesBackAWorseVersionBeforeAnybodySeesIt() {
        List<Life> worse = lives(World.of(.87), 400, 3, 0);
        assertThat(part(worse, life -> life.end == End.TAKEN_BACK_IN_SHADOW)).isGreaterThan(.97);
        assertThat(part(worse, Life::isPromoted)).isLessThan(.01);
        assertThat(median(worse.stream().mapToInt(Life::labels))).isBetween(1_000, 1_400);
        List<Life> bad = lives(World.of(.80), 400, 4, 0);
        assertThat(part(bad, life -> life.end == End.TAKEN_BACK_IN_SHADOW)).isGreaterThan(.99);
        assertThat(median(bad.stream().mapToInt(Life::labels))).isBetween(80, 160);
    }

    @Test
    void seldomPromotesAVersionThatIsWorseByTheMarginOfTheShadow() {
        List<Life> lives = lives(World.of(.88), 400, 5, 0);
        assertThat(part(lives, life -> life.canaryLabels > 0)).isLessThan(Simulation.band(ALPHA, 400));
        assertThat(part(lives, Life::isTakenBack)).isBetween(.76, .90);
    }

    @Test
    void takesBackInTheCanaryWhatIsWorseOnLiveTrafficOnly() {
        // what passes the shadow is seen in the canary; the rest stayed undecided in the shadow
        double[] least = {.45, .84, .88, .88};
        int[] slowest = {4_500, 2_400, 800, 300};
        double[] falls = {.03, .05, .1, .2};
        for (int i = 0; i < falls.length; i++) {
            List<Life> lives = lives(new World(.9, .9, .9 - falls[i], 0, 0), 250, 6 + i, WATCHED);
            assertThat(part(lives, Life::isTakenBack)).as("live %s", falls[i]).isGreaterThan(least[i]);
            assertThat(median(lives.stream()
                            .filter(life -> life.end == End.TAKEN_BACK_IN_CANARY)
                            .mapToInt(life -> life.canaryLabels)))
                    .as("live %s", falls[i])
                    .isLessThan(slowest[i]);
        }
    }

    @Test
    void seldomPromotesAVersionThatIsWorseByTheMarginOfTheCanary() {
        List<Life> lives = lives(new World(.9, .9, .85, 0, 0), 400, 10, 0);
        assertThat(part(lives, Life::isPromoted)).isLessThan(Simulation.band(ALPHA, 400));
    }

    @Test
    void retrainsWhenTheWorldChangedAndDoesNotBlameTheVersion() {
        List<Life> lives = promoted(new World(.9, .9, .9, 0, .15), 300, 11);
        assertThat(part(lives, life -> life.end == End.RETRAINED)).isGreaterThan(.96);
        assertThat(part(lives, Life::isTakenBack)).isLessThan(.03);
        assertThat(median(
                        lives.stream().filter(life -> life.end == End.RETRAINED).mapToInt(life -> life.guardLabels)))
                .isBetween(1_080, 1_260);
    }

    @Test
    void rollsBackAChampionThatFellWhileItsControlDidNot() {
        List<Life> slightly = promoted(new World(.9, .9, .9, .1, 0), 300, 12);
        assertThat(part(slightly, life -> life.end == End.TAKEN_BACK_AS_CHAMPION))
                .isGreaterThan(.84);
        List<Life> badly = promoted(new World(.9, .9, .9, .2, 0), 300, 13);
        assertThat(part(badly, life -> life.end == End.TAKEN_BACK_AS_CHAMPION)).isGreaterThan(.98);
        assertThat(median(badly.stream().mapToInt(life -> life.guardLabels))).isBetween(200, 310);
    }

    private static List<Life> promoted(World world, int once, long seed) {
        return lives(world, once, seed, WATCHED).stream()
                .filter(Life::isPromoted)
                .toList();
    }

    private static List<Life> lives(World world, int once, long seed, int watched) {
        SplittableGenerator root = Simulation.random(seed);
        int repetitions = Simulation.repetitions(once);
        List<Life> lives = new ArrayList<>(repetitions);
        for (int i = 0; i < repetitions; i++) {
            lives.add(new Life(world, RolloutSettings.DEFAULT, watched, root.split()).lived());
        }
        return lives;
    }

    private static double part(List<Life> lives, Predicate<Life> which) {
        return (double) lives.stream().filter(which).count() / lives.size();
    }

    private static int median(IntStream numbers) {
        return Simulation.median(numbers.sorted().toArray());
    }
}
