package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.DiscountedThompson;
import io.abgate.registry.policy.Controls;
import io.abgate.registry.policy.Degradation.Finding;
import io.abgate.registry.policy.Degradation.Kind;
import io.abgate.registry.policy.DrillBegan;
import io.abgate.registry.policy.Lags;
import io.abgate.registry.policy.Mail;
import io.abgate.registry.policy.ModelFold;
import io.abgate.registry.policy.ModelSnapshot;
import io.abgate.registry.policy.Supervision.Said;
import io.abgate.registry.policy.ThresholdWatch.Fallen;
import io.abgate.registry.policy.Verdict;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class SnapshotsTest {
    private static final Mail MAIL = Mail.SHIPPED;

    @Test
    void bringsEveryNumberBackToTheLastBit() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        assertSame(0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 2e-3);
        assertSame(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Math.nextDown(Double.MIN_NORMAL));
        for (int i = 0; i < 20_000; i++) {
            assertSame(Double.longBitsToDouble(random.nextLong()), random.nextDouble());
        }
    }

    private static void assertSame(double... numbers) {
        for (double number : numbers) {
            BookSnapshot snapshot = with(number);
            double back = Snapshots.of(Snapshots.json(snapshot))
                    .model()
                    .evidence()
                    .drops()
                    .sum();
            assertThat(Double.doubleToLongBits(back)).as("%s", number).isEqualTo(Double.doubleToLongBits(number));
        }
    }

    private static BookSnapshot with(double number) {
        ModelSnapshot.Experiments experiments = new ModelSnapshot.Experiments(
                "",
                1,
                List.of(),
                List.of(new Lags.Bin(Long.MIN_VALUE, Long.MAX_VALUE)),
                7,
                null,
                null,
                null,
                List.of());
        ModelSnapshot.Evidence evidence = new ModelSnapshot.Evidence(
                experiments,
                new DiscountedThompson.Snapshot(List.of(), 1, 0, 1),
                new ModelSnapshot.Drops(1, number, 0, 0, null),
                new ModelSnapshot.Totals(1, 2, 3, 4, 5),
                new ModelSnapshot.Ensemble(
                        new Counts(1.5, 2),
                        List.of(new ModelSnapshot.MemberCounts(1, Counts.NONE)),
                        List.of(new ModelSnapshot.MemberAnswer(1, 2, 1, -1)),
                        List.of(new ModelSnapshot.Truth(3, 4, "ham", 5, 6))));
        ModelSnapshot empty = new ModelFold(MAIL.settings()).snapshot();
        return new BookSnapshot(
                new ModelSnapshot(
                        1,
                        new Controls(RoutingMode.SPLIT, .05, true, false),
                        9,
                        null,
                        List.of(4L),
                        List.of(),
                        evidence,
                        empty.checks(),
                        empty.retrainings(),
                        new DrillBegan(
                                2,
                                1,
                                .5,
                                Long.MIN_VALUE,
                                .1,
                                Long.MAX_VALUE,
                                null,
                                null,
                                List.of(new Finding(Kind.NOT_FINITE, Double.NaN, 0, "")),
                                "asks",
                                "why"),
                        new ModelSnapshot.Supervised(
                                List.of(new Said(Verdict.Kind.ROLL_BACK, 2, "worse")),
                                new Said(Verdict.Kind.PROMOTE, 3, "better"),
                                4,
                                new ModelSnapshot.Thresholds(
                                        1,
                                        2,
                                        List.of(new ModelSnapshot.Window(2, List.of(1.0, .1), 1.1, Double.NaN)),
                                        List.of(new Fallen(2, 1, .1, .2)))),
                        empty.traffic(),
                        empty.labels()),
                1,
                2,
                3,
                4,
                new ReceiptsKept(5, "digest", 6, null));
    }

    @Test
    void bringsAWholeSnapshotBack() {
        BookSnapshot snapshot = with(.5);
        assertThat(Snapshots.of(Snapshots.json(snapshot))).isEqualTo(snapshot);
    }

    @Test
    void refusesASnapshotThatLacksSomething() {
        JsonObject json = new JsonObject(Snapshots.json(with(.5)));
        json.getJsonObject("model").remove("stageEpoch");
        assertThatThrownBy(() -> Snapshots.of(json.encode())).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void knowsOneSettingFromAnother() {
        assertThat(Snapshots.settingsDigest(MAIL.settings()))
                .isEqualTo(Snapshots.settingsDigest(Mail.SHIPPED.settings()))
                .isNotEqualTo(Snapshots.settingsDigest(MAIL.decidedAfter(99).settings()))
                .isNotEqualTo(Snapshots.settingsDigest(MAIL.settings("post")));
    }

    @Test
    void knowsTheShapeOfEveryRecordInIt() {
        assertThat(Snapshots.shape(BookSnapshot.class))
                .contains("long corrected", "ModelSnapshot$Experiment", "List<java.lang.Long> seenKeys")
                .contains("LifeLedger$Snapshot=[double staked, double unstaked, double peak]")
                .contains("Stage=[CANDIDATE, REJECTED");
    }
}
