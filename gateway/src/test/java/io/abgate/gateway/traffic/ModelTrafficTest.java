package io.abgate.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.Models;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.TrafficCount;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ModelTrafficTest {
    /** Three deadlines and a quarter of a second. */
    private static final long SLOT = TimeUnit.MILLISECONDS.toNanos(3 * Models.DEADLINE_MILLIS + 250);

    private static final long QUICK = TimeUnit.MILLISECONDS.toNanos(1);
    private static final RoutedVersion CHAMPION = Models.version(1, Stage.CHAMPION, .75);
    private static final RoutedVersion CANARY = Models.version(2, Stage.CANARY, .25);
    private static final RoutedVersion SOLE = Models.version(1, Stage.CHAMPION, 1);
    private static final RouteTable SPLIT = Models.table(5, CHAMPION, CANARY);

    private final Experiments experiments = new Experiments();
    private final ModelTraffic traffic = new ModelTraffic(Models.mail(), experiments);

    private Tally keyless(RoutedVersion version, long arrivedNanos) {
        return traffic.arrived(SPLIT, version, true, false, 99, arrivedNanos);
    }

    private Tally keyed(ModelTraffic by, long key) {
        return by.arrived(SPLIT, CANARY, true, true, key, 0);
    }

    private List<TrafficCount> counts(long nowNanos) {
        return traffic.collect(nowNanos, 0).counts().stream()
                .filter(count -> count.requests() > 0)
                .toList();
    }

    @Test
    void tellsRequestsOnceAllThatArrivedWithThemMustBeOver() {
        keyless(CANARY, 0).answered(true, 3, QUICK);
        Tally slow = keyless(CHAMPION, SLOT - 1);
        assertThat(counts(2 * SLOT - 1)).isEmpty();
        slow.answered(true, 1, SLOT);
        assertThat(counts(2 * SLOT))
                .containsExactly(new TrafficCount(5, 2, 1, 3, 1, 0, 0), new TrafficCount(5, 1, 1, 1, 1, 0, 0));
        assertThat(counts(9 * SLOT)).isEmpty();
    }

    @Test
    void countsWhatEndsTooLateAsLostAndNowhereElse() {
        Tally lost = keyless(CANARY, 0);
        assertThat(counts(2 * SLOT)).isEmpty();
        lost.answered(true, 1, 3 * SLOT);
        ModelTraffic.Counted counted = traffic.collect(5 * SLOT, 0);
        assertThat(counted.lost()).isEqualTo(1);
        assertThat(counted.counts()).isEmpty();
        assertThat(traffic.collect(6 * SLOT, 0).lost()).isZero();
    }

    @Test
    void countsWhatFailedAndWhatWasSlow() {
        long limit = TimeUnit.MILLISECONDS.toNanos(
                Models.mail().rollout().traffic().guardrails().slowMillis());
        keyless(CANARY, 0).answered(false, 2, limit);
        keyless(CANARY, 0).answered(true, 2, limit + 1);
        keyless(CANARY, 0).failed(limit);
        keyless(CANARY, 0).refused(limit); // an input that the model refuses is a unit, and no failure of it
        assertThat(counts(2 * SLOT)).containsExactly(new TrafficCount(5, 2, 4, 4, 4, 2, 1));
    }

    @Test
    void countsAKeyOnceInAnExperimentOnWhicheverContext() {
        ModelTraffic other = new ModelTraffic(Models.mail(), experiments);
        keyed(traffic, 7).answered(true, 1, QUICK);
        keyed(traffic, 7).answered(false, 1, QUICK);
        keyed(other, 7).answered(true, 1, QUICK);
        keyed(other, 8).answered(true, 1, QUICK);
        RouteTable next = new RouteTable("mail", 3, 6, SPLIT.mode(), "other salt", SPLIT.versions(), 7);
        traffic.arrived(next, CANARY, true, true, 7, 0).answered(true, 1, QUICK);
        assertThat(counts(2 * SLOT))
                .containsExactlyInAnyOrder(
                        new TrafficCount(5, 2, 1, 1, 1, 0, 0),
                        new TrafficCount(5, 2, 1, 1, 0, 0, 0),
                        new TrafficCount(6, 2, 1, 1, 1, 0, 0));
        assertThat(other.collect(2 * SLOT, 0).counts())
                .contains(new TrafficCount(5, 2, 1, 1, 1, 0, 0), new TrafficCount(5, 2, 1, 1, 0, 0, 0));
    }

    @Test
    void takesNoShareOfOneForATossAndLeavesTheKeyForLater() {
        RouteTable all = Models.table(4, SOLE);
        traffic.arrived(all, SOLE, true, true, 7, 0).answered(true, 1, QUICK);
        traffic.arrived(all, SOLE, true, false, 7, 0).answered(true, 1, QUICK);
        keyed(traffic, 7).answered(true, 1, QUICK);
        assertThat(counts(2 * SLOT))
                .containsExactly(new TrafficCount(4, 1, 2, 2, 0, 0, 0), new TrafficCount(5, 2, 1, 1, 1, 0, 0));
    }

    @Test
    void countsNoRequestThatDidNotGoThroughTheSplit() {
        traffic.arrived(SPLIT, CANARY, false, true, 7, 0).answered(true, 1, QUICK);
        traffic.arrived(SPLIT, CANARY, false, false, 7, 0).failed(QUICK);
        assertThat(traffic.collect(2 * SLOT, 0)).isEqualTo(new ModelTraffic.Counted(List.of(), 0, 0, List.of()));
        assertThat(keyed(traffic, 7)).isNotSameAs(Tally.NONE);
    }

    @Test
    void saysHowManyKeysItCannotRemember() {
        for (int key = 1; key <= Experiments.MOST_KEYS; key++) {
            keyed(traffic, key * 0x9E3779B97F4A7C15L).answered(true, 1, QUICK);
        }
        keyed(traffic, -1).answered(true, 1, QUICK);
        keyed(traffic, -1).answered(true, 1, QUICK);
        ModelTraffic.Counted counted = traffic.collect(2 * SLOT, 0);
        assertThat(counted.uncounted()).isEqualTo(2);
        assertThat(counted.counts().stream().mapToLong(TrafficCount::units).sum())
                .isEqualTo(Experiments.MOST_KEYS);
        keyless(CANARY, 3 * SLOT).answered(true, 1, QUICK);
        assertThat(counts(5 * SLOT)).containsExactly(new TrafficCount(5, 2, 1, 1, 1, 0, 0));
    }

    @Test
    void losesNothingWhenNobodyCollectsForLong() {
        for (int slot = 0; slot < 30; slot++) {
            keyless(CANARY, slot * SLOT).answered(true, 1, QUICK);
        }
        assertThat(counts(32 * SLOT).stream().mapToLong(TrafficCount::units).sum())
                .isEqualTo(30);
    }

    @Test
    void allocatesNothingForARequestWithoutAKey() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int warm = 0; warm < 20_000; warm++) {
            keyless(CANARY, 0).answered(true, 1, QUICK);
            traffic.issued(1 + warm % 2, 1, 0);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int request = 0; request < 100_000; request++) {
            keyless(CANARY, 0).answered(true, 1, QUICK);
            traffic.issued(1 + request % 2, 1, request);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }
}
