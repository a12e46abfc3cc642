package io.abgate.registry.policy.labels;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.evidence.EProcess;
import io.abgate.registry.evidence.ModelXNonInferiority;
import io.abgate.registry.simulation.Simulation;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Right answers are labelled with .3 and wrong ones with .9, of a new version that is worse by just the margin: its errors
 * look no worse than the control's. What was asked for by lot still tells.
 */
class LabelTrustSimulationTest {
    private static final double ALPHA = .05;
    private static final double MARGIN = .05;
    private static final double CONTROL = .20;
    private static final double HALF = .5;
    private static final int MOST_LABELS = 6_000;
    /** A canary's steps take so many before it can be promoted. */
    private static final int LADDER = 1_000;

    private static final int PER_MINUTE = 60;
    private static final int ONE_IN = 5;
    private static final long MINUTE = 60_000;

    /** How labels come, and how right the new version is. */
    private record World(double ofRight, double ofWrong, double fresh) {
        static final World HONEST = new World(.7, .7, CONTROL - MARGIN);
        static final World DEPENDENT = new World(.3, .9, CONTROL - MARGIN);
        static final World DEPENDENT_AND_EQUAL = new World(.3, .9, CONTROL);
    }

    /** After how many labels, of both versions together, each thing happened. */
    private static final class Run {
        private final World world;
        private final RandomGenerator random;
        private final LabelRecord labels = new LabelRecord(Ids.AT_ONCE);
        private final ModelXNonInferiority ofAll = new ModelXNonInferiority(MARGIN);
        private final ModelXNonInferiority ofAudited = new ModelXNonInferiority(MARGIN);
        private final EProcess all = new EProcess();
        private final EProcess audited = new EProcess();
        private int received;
        int provenByAll = Simulation.NEVER;
        int provenByAudited = Simulation.NEVER;
        int promoted = Simulation.NEVER;
        int promotedByTheLadder = Simulation.NEVER;
        int noticed = Simulation.NEVER;

        Run(World world, RandomGenerator random) {
            this.world = world;
            this.random = random;
            for (long at = MINUTE; received < MOST_LABELS; at += MINUTE) {
                minute(at);
            }
        }

        private void minute(long at) {
            int[] counts = new int[2];
            for (int i = 0; i < PER_MINUTE; i++) {
                int version = random.nextBoolean() ? 1 : 0;
                counts[version]++;
                predict(version, at + i);
            }
            labels.predicted(Ids.of(1, at, counts[0]), at + PER_MINUTE);
            labels.predicted(Ids.of(2, at, counts[1]), at + PER_MINUTE);
        }

        private void predict(int version, long at) {
            boolean right = random.nextDouble() < (version == 1 ? world.fresh : CONTROL);
            boolean asked = random.nextInt(ONE_IN) == 0;
            if (asked) {
                labels.asked(Ids.PROCESS, 1 + version, at);
            }
            if (asked || random.nextDouble() < (right ? world.ofRight : world.ofWrong)) {
                label(version, at, right ? 1 : 0, asked);
            }
        }

        private void label(int version, long at, double score, boolean asked) {
            received++;
            labels.labelled(new Labelled(Ids.PROCESS, 1 + version, at, at, score, asked));
            all.multiply(ofAll.factor(version == 1, HALF, score));
            if (asked) {
                audited.multiply(ofAudited.factor(version == 1, HALF, score));
            }
            LabelTrust trust = labels.trust(2, 1);
            noticed = first(noticed, !trust.promotes(false));
            provenByAll = first(provenByAll, all.rejects(ALPHA));
            provenByAudited = first(provenByAudited, audited.rejects(ALPHA));
            boolean proven = (trust.promotes(false) ? all : audited).rejects(ALPHA);
            promoted = first(promoted, proven);
            promotedByTheLadder = first(promotedByTheLadder, proven && received >= LADDER);
        }

        private int first(int before, boolean now) {
            return before == Simulation.NEVER && now ? received : before;
        }
    }

    @Test
    void takingEveryLabelPromotesWhatIsWorse() {
        double rate = rate(200, 1, World.DEPENDENT, run -> run.provenByAll);
        assertThat(Simulation.printed("worse by the margin, proven by all labels", rate))
                .isGreaterThan(.30);
    }

    @Test
    void takingThoseThatWereAskedForDoesNot() {
        double rate = rate(300, 2, World.DEPENDENT, run -> run.provenByAudited);
        assertThat(Simulation.printed("worse by the margin, proven by asked-for labels alone", rate))
                .isLessThan(Simulation.band(ALPHA, Simulation.repetitions(300)));
    }

    @Test
    void takingThoseOnceTheDependenceIsNoticedHelpsAndIsNoGuarantee() {
        double rate = rate(200, 3, World.DEPENDENT, run -> run.promoted);
        assertThat(Simulation.printed("worse by the margin, proven by all until found, by asked-for ones then", rate))
                .isBetween(ALPHA, .18);
        double afterSteps = rate(200, 3, World.DEPENDENT, run -> run.promotedByTheLadder);
        assertThat(Simulation.printed("the same after a canary's steps", afterSteps))
                .isLessThan(.14);
    }

    @Test
    void theDependenceIsNoticedWithinAThousandLabelsOfEachVersion() {
        int[] noticed =
                Simulation.stops(Simulation.repetitions(200), 4, random -> new Run(World.DEPENDENT, random).noticed);
        assertThat(Simulation.printed(
                        "labels until the dependence is found, in the median", Simulation.median(noticed)))
                .isBetween(600, 1_200);
        assertThat(Simulation.part(noticed, 2_000)).isGreaterThan(.95);
    }

    /** Three nulls, each found false with at most .01: two versions' outcomes, and their coverage. */
    @Test
    void labelsWithoutFaultAreSeldomFoundToDependOnAnything() {
        int runs = Simulation.repetitions(300);
        assertThat(rate(300, 5, World.HONEST, run -> run.noticed))
                .isLessThan(Simulation.band(3 * LabelRecord.ALPHA, runs));
        assertThat(rate(300, 6, World.HONEST, run -> run.promoted)).isLessThan(Simulation.band(ALPHA, runs));
    }

    @Test
    void anEqualVersionIsStillPromotedByWhatWasAskedFor() {
        int[] promoted = Simulation.stops(
                Simulation.repetitions(100), 7, random -> new Run(World.DEPENDENT_AND_EQUAL, random).promoted);
        assertThat(Simulation.part(promoted, MOST_LABELS)).isGreaterThan(.35);
    }

    private static double rate(int once, long seed, World world, ToIntFunction<Run> stop) {
        return Simulation.rate(
                Simulation.repetitions(once),
                seed,
                random -> stop.applyAsInt(new Run(world, random)) != Simulation.NEVER);
    }
}
