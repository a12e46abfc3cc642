package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.abgate.registry.domain.Rendezvous;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** What runs for every request or label leaves no garbage. */
class AllocationTest {
    private static final int CALLS = 100_000;

    @Test
    void picksAVersionWithoutGarbage() {
        RoutedVersion champion = new RoutedVersion(1, Stage.CHAMPION, .9, "00");
        RoutedVersion canary = new RoutedVersion(2, Stage.CANARY, .1, "01");
        RouteTable table = new RouteTable("mail", 1, 1, RoutingMode.SPLIT, "mail/1", List.of(champion, canary), 2);
        assertThat(bytesPerCall(i -> Rendezvous.pick(table, i))).isLessThan(1);
    }

    @Test
    void weighsALabelWithoutGarbage() {
        ModelXInferiority process = new ModelXInferiority();
        LifeLedger life = LifeLedger.allStaked(.05);
        assertThat(bytesPerCall(i -> life.multiply(process.factor(i % 3 == 0, .3, i % 2))))
                .isLessThan(1);
    }

    @Test
    void updatesEveryStatisticWithoutGarbage() {
        double[] shares = {.7, .3};
        ModelXDifference difference = new ModelXDifference(2);
        ModelXNonInferiority live = new ModelXNonInferiority(.05);
        PairedNonInferiority paired = new PairedNonInferiority(.02);
        PairedInferiority worse = new PairedInferiority();
        McNemar mcNemar = new McNemar();
        SampleRatioTest ratio = new SampleRatioTest(2);
        ShiryaevRoberts detector = new ShiryaevRoberts(.85, 1e-4);
        AipwDifference aipw = new AipwDifference();
        EmpiricalBernstein bernstein = new EmpiricalBernstein(.05);
        EProcess process = new EProcess();
        assertThat(bytesPerCall(i -> {
                    process.multiply(difference.factor(i & 1, shares, i % 3 == 0 ? 1 : 0));
                    process.multiply(live.factor(i % 2 == 0, .3, i % 3 == 0 ? 1 : 0));
                    process.multiply(paired.factor(i % 2, i % 3 == 0 ? 1 : 0));
                    process.multiply(worse.factor(i % 2, i % 3 == 0 ? 1 : 0));
                    process.multiply(mcNemar.factor(i % 2 == 0));
                    process.multiply(ratio.factor(i & 1, shares));
                    detector.score(i % 2);
                    aipw.unit(i % 2 == 0, .3, i % 3 == 0 ? 1 : 0);
                    bernstein.add(i % 7 / 7.0);
                }))
                .isLessThan(1);
    }

    @Test
    void learnsALabelWithoutGarbage() {
        DiscountedThompson arms = new DiscountedThompson(.998);
        arms.add(1);
        arms.add(2);
        assertThat(bytesPerCall(i -> arms.learn(1 + i % 2, i % 3 == 0 ? 0 : 1))).isLessThan(1);
    }

    private static double bytesPerCall(IntConsumer call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            call.accept(i);
        }
        return (double) (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
    }
}
