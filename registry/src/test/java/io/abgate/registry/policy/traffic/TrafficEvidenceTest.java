package io.abgate.registry.policy.traffic;

import static io.abgate.registry.policy.traffic.Told.EXPERIMENT;
import static io.abgate.registry.policy.traffic.Told.HERE;
import static io.abgate.registry.policy.traffic.Told.THERE;
import static io.abgate.registry.policy.traffic.Told.batch;
import static io.abgate.registry.policy.traffic.Told.table;
import static io.abgate.registry.policy.traffic.Told.units;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.domain.Guardrails;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.domain.TrafficStream;
import io.abgate.registry.evidence.ExcessRateTest.Tally;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrafficEvidenceTest {
    private static final double ALPHA = .05;
    private static final double ALPHA_SPLIT = .001;
    private static final Guardrails RAILS = new Guardrails(.01, .05, 100);

    private TrafficEvidence evidence = new TrafficEvidence(RAILS, ALPHA, ALPHA_SPLIT);

    private static @Nullable RouteTable routes(long epoch) {
        return epoch == 7 ? table(7, "mail/7", .5) : epoch == 8 ? table(8, "mail/7", 0) : null;
    }

    private void add(TrafficBatch batch) {
        evidence.add(batch, EXPERIMENT, TrafficEvidenceTest::routes);
    }

    private SplitArrivals arrivals() {
        return evidence.arrivals(EXPERIMENT).orElseThrow();
    }

    private Guardrail errors() {
        return evidence.against(2).orElseThrow().errors().orElseThrow();
    }

    @Test
    void countsABatchOnceHoweverOftenItIsTold() {
        add(batch(HERE, 1, units(7, 1, 100, 0, 0), units(7, 2, 90, 3, 2)));
        TrafficSnapshot once = evidence.snapshot();
        add(batch(HERE, 1, units(7, 1, 100, 0, 0), units(7, 2, 90, 3, 2)));
        assertThat(evidence.snapshot()).isEqualTo(once);
        assertThat(evidence.known(HERE)).isEqualTo(1);
        assertThat(evidence.known(THERE)).isZero();
        assertThat(arrivals().ofNew()).isEqualTo(90);
        assertThat(arrivals().ofControl()).isEqualTo(100);
        assertThat(arrivals().expectedNew()).isCloseTo(95, within(1e-12));
        assertThat(errors().ofNew()).isEqualTo(new Tally(90, 3));
        assertThat(evidence.against(2).orElseThrow().slow().orElseThrow().ofNew())
                .isEqualTo(new Tally(90, 2));
        assertThat(evidence.answered(2)).isEqualTo(new TrafficSnapshot.Answered(2, 93, 95));
        assertThat(evidence.answered(3)).isEqualTo(new TrafficSnapshot.Answered(3, 0, 0));
    }

    @Test
    void takesNothingForEvidenceThatWasTossedByOthers() {
        LongFunction<@Nullable RouteTable> otherSalt = epoch -> table(epoch, "mail/6", .5);
        evidence.add(batch(HERE, 1, units(7, 2, 90, 90, 90)), EXPERIMENT, otherSalt);
        add(batch(HERE, 2, units(6, 2, 90, 90, 90)));
        add(batch(HERE, 3, units(8, 1, 90, 90, 90)));
        evidence.add(batch(HERE, 4, units(7, 2, 90, 90, 90)), null, TrafficEvidenceTest::routes);
        assertThat(arrivals().ofNew() + arrivals().ofControl()).isZero();
        assertThat(evidence.answered(2).requests())
                .as("they are requests all the same")
                .isEqualTo(3 * 93);
    }

    @Test
    void testsEveryStreamForItselfAtAThresholdOfItsOwn() {
        add(batch(HERE, 1, units(7, 1, 14_000, 0, 0), units(7, 2, 13_335, 0, 0)));
        double alone = arrivals().nearest().peak();
        assertThat(arrivals().nearest().threshold()).isCloseTo(2 / ALPHA_SPLIT, within(1e-6));
        assertThat(alone).isBetween(100.0, 2 / ALPHA_SPLIT);
        add(batch(THERE, 1, units(7, 1, 14_000, 0, 0), units(7, 2, 13_335, 0, 0)));
        assertThat(arrivals().isBroken()).as("the product would be").isFalse();
        assertThat(alone * alone).isGreaterThan(6 / ALPHA_SPLIT);
        assertThat(arrivals().streams()).isEqualTo(2);
        add(batch(HERE, 2, units(7, 1, 14_000, 0, 0), units(7, 2, 13_335, 0, 0)));
        assertThat(arrivals().isBroken()).isTrue();
        assertThat(arrivals().nearest().isReached()).isTrue();
    }

    @Test
    void aSecondStreamHasToReachMore() {
        add(batch(HERE, 1));
        add(batch(THERE, 1, units(7, 1, 20_000, 0, 0), units(7, 2, 17_000, 0, 0)));
        assertThat(arrivals().nearest().threshold()).isCloseTo(6 / ALPHA_SPLIT, within(1e-6));
        assertThat(arrivals().isBroken()).isTrue();
    }

    @Test
    void aNewExperimentStartsTheSplitAgainAndRefundsNoGuardrail() {
        add(batch(HERE, 1, units(7, 1, 2_000, 0, 0), units(7, 2, 2_000, 40, 0)));
        double won = errors().nearest().peak();
        double remaining = errors().remaining();
        assertThat(won).isGreaterThan(2);
        LivePair next = new LivePair("mail/9", 2, 1);
        evidence.newExperiment();
        assertThat(evidence.arrivals(EXPERIMENT)).isEmpty();
        evidence.add(batch(HERE, 2), next, epoch -> null);
        assertThat(evidence.arrivals(next).orElseThrow().ofNew()).isZero();
        assertThat(errors().ofNew()).isEqualTo(Tally.NONE);
        assertThat(errors().nearest().peak()).isEqualTo(won);
        assertThat(errors().remaining()).isEqualTo(remaining);
        evidence.newLife(2);
        assertThat(evidence.against(2)).isEmpty();
    }

    @Test
    void keysThatAreTossedAnewAreNoNewExperiment() {
        add(batch(HERE, 1, units(7, 1, 20_000, 0, 0), units(7, 2, 17_000, 40, 0)));
        assertThat(arrivals().isBroken()).isTrue();
        evidence.add(batch(HERE, 2), new LivePair("mail/9", 2, 1), epoch -> null);
        assertThat(arrivals().isBroken()).isTrue();
        assertThat(errors().ofNew().units()).isEqualTo(17_000);
        evidence.lookAfresh();
        assertThat(arrivals().isBroken()).isFalse();
        assertThat(arrivals().streams()).as("each has its place").isOne();
    }

    @Test
    void stakesATenthOfTheLifeAndNoMore() {
        Guardrail fresh = new Guardrail(.01, ALPHA);
        assertThat(fresh.staked()).isZero();
        assertThat(fresh.remaining()).isCloseTo(.1 * ALPHA, within(1e-15));
        for (int place = 0; place < 50; place++) {
            fresh.add(place, Tally.NONE, Tally.NONE, .5);
        }
        assertThat(fresh.staked()).isCloseTo(.1 * ALPHA * 50 / 51, within(1e-15));
        assertThat(fresh.remaining()).as("nothing is won or lost").isCloseTo(.1 * ALPHA, within(1e-15));
    }

    @Test
    void hasNoGuardrailThatIsOff() {
        evidence = new TrafficEvidence(Guardrails.NONE, ALPHA, ALPHA_SPLIT);
        add(batch(HERE, 1, units(7, 1, 1_000, 0, 0), units(7, 2, 1_000, 1_000, 1_000)));
        assertThat(evidence.against(2).orElseThrow().errors()).isEmpty();
        assertThat(evidence.against(2).orElseThrow().slow()).isEmpty();
        assertThat(arrivals().ofNew()).isEqualTo(1_000);
    }

    @Test
    void forgetsGatewaysThatAreLongGone() {
        for (int node = 0; node < 300; node++) {
            add(batch(new TrafficStream("node-" + node, node), 1));
            add(batch(HERE, node + 1));
        }
        assertThat(evidence.snapshot().heard()).hasSize(256);
        assertThat(evidence.known(HERE)).isEqualTo(300);
        assertThat(evidence.known(new TrafficStream("node-0", 0))).isZero();
        assertThat(arrivals().streams()).isEqualTo(256);
    }

    @Test
    void goesOnFromItsSnapshotToTheLastBit() {
        add(batch(HERE, 1, units(7, 1, 100, 1, 9), units(7, 2, 90, 3, 2)));
        add(new TrafficBatch(THERE, 4, 5, 6, List.of(units(7, 1, 10, 1, 9)), null));
        TrafficEvidence restored = TrafficEvidence.restored(RAILS, ALPHA, ALPHA_SPLIT, evidence.snapshot());
        assertThat(restored.snapshot()).isEqualTo(evidence.snapshot());
        assertThat(restored.uncounted()).isEqualTo(5);
        assertThat(restored.lost()).isEqualTo(6);
        TrafficBatch more = batch(HERE, 2, units(7, 1, 30, 2, 1), units(7, 2, 31, 3, 2));
        add(more);
        restored.add(more, EXPERIMENT, TrafficEvidenceTest::routes);
        assertThat(restored.snapshot()).isEqualTo(evidence.snapshot());
    }
}
