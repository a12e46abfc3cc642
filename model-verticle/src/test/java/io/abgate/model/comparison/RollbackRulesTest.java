package io.abgate.model.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.model.training.MailVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/**
 * How often rules that decide on a rollback take a healthy version back, and how soon a bad one, on the same labels; the
 * table is written to {@code target/rollback-rules.md}. Half of the labels go to each version.
 */
class RollbackRulesTest {
    private static final int LABELS = 3_000;
    private static final int REPETITIONS = Integer.getInteger("abgate.comparison.repetitions", 400);

    /** Chances to be right, at each label, of the version beside and of the new one. */
    private record World(String name, boolean healthy, Chances beside, Chances ofNew) {}

    private interface Chances {
        double at(int label);
    }

    private static final World BOTH_FALL =
            new World("equal, both fall to .75 half-way", true, RollbackRulesTest::falling, RollbackRulesTest::falling);
    private static final List<World> WORLDS = List.of(
            new World("equal, .90", true, i -> .90, i -> .90),
            BOTH_FALL,
            new World("new one .80", false, i -> .90, i -> .80),
            new World("new one .70", false, i -> .90, i -> .70));

    private static double falling(int label) {
        return label < LABELS / 2 ? .90 : .75;
    }

    /** One label: whose it is, and how right that version was. */
    private interface Stream {
        double score(int label, boolean toNew, RandomGenerator random);
    }

    /**
     * What a rule did to one stream, over and over.
     *
     * @param median labels until it took the version back, where it did; -1 where it never did
     */
    private record Result(double rate, int median) {
        @Override
        public String toString() {
            return median < 0
                    ? String.format(Locale.ROOT, "%.3f", rate)
                    : String.format(Locale.ROOT, "%.3f (%d)", rate, median);
        }
    }

    private static Result play(Rule.Kind kind, int labels, Stream stream) {
        int[] delays = new int[REPETITIONS];
        int taken = 0;
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(repetition);
            Rule rule = kind.begin();
            for (int label = 0; label < labels; label++) {
                boolean toNew = random.nextBoolean();
                if (rule.rollsBack(toNew, stream.score(label, toNew, random))) {
                    delays[taken++] = label + 1;
                    break;
                }
            }
        }
        int[] sorted = Arrays.copyOf(delays, taken);
        Arrays.sort(sorted);
        return new Result((double) taken / REPETITIONS, taken == 0 ? -1 : sorted[taken / 2]);
    }

    private static Result simulated(Rule.Kind kind, World world) {
        return play(kind, LABELS, (label, toNew, random) -> {
            double chance = (toNew ? world.ofNew() : world.beside()).at(label);
            return random.nextDouble() < chance ? 1 : 0;
        });
    }

    private static Result replayed(Rule.Kind kind, int mails, BitSet beside, BitSet ofNew) {
        return play(kind, mails, (label, toNew, random) -> (toNew ? ofNew : beside).get(label) ? 1 : 0);
    }

    @Test
    void onlyTheEProcessKeepsItsWordAndItIsNotLate() throws IOException {
        MailVersions mail = MailVersions.train();
        StringBuilder table = new StringBuilder("| rule |");
        WORLDS.forEach(world -> table.append(' ').append(world.name()).append(" |"));
        table.append(" mail, an equal twin | mail, trained on flipped labels |\n|---|")
                .append("---|".repeat(6));
        table.append('\n');
        for (Rule.Kind kind : Rule.Kind.values()) {
            table.append("| ").append(kind.label()).append(" |");
            for (World world : WORLDS) {
                Result result = simulated(kind, world);
                table.append(' ').append(result).append(" |");
                check(kind, world, result);
            }
            Result twin = replayed(kind, mail.mails(), mail.first(), mail.twin());
            Result flipped = replayed(kind, mail.mails(), mail.first(), mail.flipped());
            table.append(' ').append(twin).append(" | ").append(flipped).append(" |\n");
            if (kind == Rule.Kind.ABGATE) {
                assertThat(twin.rate()).isLessThanOrEqualTo(band(.05));
                assertThat(flipped.rate()).isEqualTo(1);
            }
        }
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "rollback-rules.md"), table);
    }

    private static void check(Rule.Kind kind, World world, Result result) {
        switch (kind) {
            case ABGATE -> {
                if (world.healthy()) {
                    assertThat(result.rate()).as(world.name()).isLessThanOrEqualTo(band(.05));
                } else {
                    assertThat(result.rate()).as(world.name()).isGreaterThan(.99);
                }
            }
            // the harness can see a rule that does not keep its word
            case PEEKED_Z, ABGATE_THRESHOLD, ABGATE_BOTH -> {
                if (world.healthy()) {
                    assertThat(result.rate()).as(world.name()).isGreaterThan(.2);
                }
            }
            case ARGO, FLAGGER, DDM, CLASSIC -> {
                if (world.equals(BOTH_FALL)) { // they cannot tell a bad version from a hard day
                    assertThat(result.rate()).as(kind.label()).isGreaterThan(.9);
                }
            }
        }
    }

    /** Three standard errors above. */
    private static double band(double rate) {
        return rate + 3 * Math.sqrt(rate * (1 - rate) / REPETITIONS);
    }
}
