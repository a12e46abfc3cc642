package io.abgate.registry.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {
    private static final int KEYS = 200_000;
    private static final String SALT = "mail/7";
    private static final long[] HASHES = hashes(SALT);

    @Test
    void givesEachVersionItsShare() {
        double[] shares = {.55, .25, .15, .05};
        int[] counts = counts(assignments(table(shares), HASHES), shares.length);
        double chiSquare = 0;
        for (int arm = 0; arm < shares.length; arm++) {
            double expected = shares[arm] * KEYS;
            chiSquare += (counts[arm] - expected) * (counts[arm] - expected) / expected;
        }
        // The 99.99 % quantile of chi-square with 3 degrees of freedom.
        assertThat(chiSquare).isLessThan(21.1);
    }

    @Test
    void movesKeysOnlyIntoTheVersionWhoseShareGrows() {
        double[] ramp = {.01, .05, .1, .2, .35, .5, .8, 1};
        int[] before = assignments(table(1, 0), HASHES);
        for (double share : ramp) {
            int[] after = assignments(table(1 - share, share), HASHES);
            assertThat(moved(before, after, 2, 1)).isZero();
            before = after;
        }
        assertThat(before).containsOnly(2);
    }

    @Test
    void movesKeysOnlyIntoTheVersionWhoseRelativeShareGrowsAmongThree() {
        int[] before = assignments(table(.7, .2, .1), HASHES);
        int[] after = assignments(table(.35, .1, .55), HASHES);
        assertThat(moved(before, after, 1, 2)).isZero();
        assertThat(moved(before, after, 2, 1)).isZero();
        assertThat(moved(before, after, 3, 1)).isZero();
        assertThat(moved(before, after, 3, 2)).isZero();
    }

    @Test
    void movesNobodyBetweenTheOthersWhenAThirdVersionIsAdded() {
        int[] before = assignments(table(.7, .3), HASHES);
        int[] after = assignments(table(.7 / 1.2, .3 / 1.2, .2 / 1.2), HASHES);
        assertThat(moved(before, after, 1, 2)).isZero();
        assertThat(moved(before, after, 2, 1)).isZero();
        assertThat(counts(after, 3)[2] / (double) KEYS).isBetween(.1642, .1692);
    }

    @Test
    void picksTheVersionThatScoresMost() {
        RouteTable table = table(0, .55, .25, .2);
        for (long hash : HASHES) {
            RoutedVersion best = table.versions().stream()
                    .max(Comparator.comparingDouble(version -> Rendezvous.score(version, hash)))
                    .orElseThrow();
            assertThat(Rendezvous.pick(table, hash)).isEqualTo(best);
        }
    }

    @Test
    void neverPicksAVersionWithoutAShare() {
        assertThat(assignments(table(0, .5, .5), HASHES)).doesNotContain(1);
        assertThat(assignments(table(0, 0, 1), HASHES)).containsOnly(3);
    }

    @Test
    void assignsIndependentlyUnderAnotherSalt() {
        RouteTable table = table(.7, .3);
        int[] one = assignments(table, HASHES);
        int[] other = assignments(table, hashes("mail/8"));
        double both = moved(one, other, 2, 2) / (double) KEYS;
        double expected = counts(one, 2)[1] / (double) KEYS * counts(other, 2)[1] / KEYS;
        // Five standard errors of a 2 × 2 table: .21 / sqrt(200,000).
        assertThat(Math.abs(both - expected)).isLessThan(5 * .21 / Math.sqrt(KEYS));
    }

    /** The file was computed by another implementation; a release that fails here would reshuffle users. */
    @Test
    void keepsTheAssignmentsThatUsersHave() throws IOException {
        RouteTable table = table(.60, .35, .05);
        List<String> assignments = new ArrayList<>();
        List<String> golden = golden();
        for (String line : golden) {
            String[] cells = line.split("\t", -1);
            long keyHash = Rendezvous.keyHash(cells[0], cells[1]);
            int version = Rendezvous.pick(table, keyHash).version();
            assignments.add("%s\t%s\t%016x\t%d".formatted(cells[0], cells[1], keyHash, version));
        }
        assertThat(golden).hasSize(400);
        assertThat(assignments).isEqualTo(golden);
    }

    private static List<String> golden() throws IOException {
        try (InputStream file = RendezvousTest.class.getResourceAsStream("golden-assignments.tsv")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static RouteTable table(double... shares) {
        List<RoutedVersion> versions = IntStream.range(0, shares.length)
                .mapToObj(i -> new RoutedVersion(i + 1, i == 0 ? Stage.CHAMPION : Stage.STANDBY, shares[i], "00"))
                .toList();
        return new RouteTable("mail", 1, 1, RoutingMode.SPLIT, SALT, versions, 9);
    }

    private static long[] hashes(String salt) {
        return IntStream.range(0, KEYS)
                .mapToLong(i -> Rendezvous.keyHash(salt, "user-" + i))
                .toArray();
    }

    private static int[] assignments(RouteTable table, long[] hashes) {
        return IntStream.range(0, hashes.length)
                .map(i -> Rendezvous.pick(table, hashes[i]).version())
                .toArray();
    }

    private static int[] counts(int[] assignments, int arms) {
        int[] counts = new int[arms];
        for (int version : assignments) {
            counts[version - 1]++;
        }
        return counts;
    }

    private static long moved(int[] before, int[] after, int from, int to) {
        return IntStream.range(0, before.length)
                .filter(i -> before[i] == from && after[i] == to)
                .count();
    }
}
