package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.IssuedIds;
import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.PromotionProof;
import io.abgate.registry.domain.PromotionProof.Step;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.domain.TrafficCount;
import io.abgate.registry.domain.TrafficStream;
import io.abgate.registry.policy.StageChanged.Kind;
import io.abgate.registry.policy.labels.Labelled;
import io.abgate.registry.simulation.Simulation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A canary of which labels come oftener than of its control, through all of the ledger's state. */
final class LabelTrustRolloutTest {
    private static final Mail MAIL = Mail.SHIPPED
            .withoutDropRules()
            .retrainingEvery(0)
            .promotedByEvidence(new PromotionProof(.05, .10, 60, 80, List.of(new Step(.5, 20)), .2, 100_000));
    private static final long MINUTE = 60_000;
    private static final int PER_MINUTE = 100;
    private static final long PROCESS = 7;

    private final History history = canary();
    private final RandomGenerator random = Simulation.random(8);
    private long nowMillis = 100 * MINUTE;
    private long batch;

    private static History canary() {
        History history =
                History.withChampion(MAIL).stores(2).moves(2, Stage.SHADOW).routes(Set.of(1, 2));
        return history.happens(new StageChanged(
                        Kind.CANARIED, 2, Map.of(2, Stage.CANARY), .5, "proven", Map.of(), false, true, null))
                .routes(Set.of(1, 2));
    }

    /** All answers are right; labels come to these parts of them, and with {@code auditOneIn} some are asked for besides. */
    private void minutes(int minutes, double ofControl, double ofCanary, int auditOneIn) {
        for (int minute = 0; minute < minutes; minute++) {
            nowMillis += MINUTE;
            int[] rows = new int[3];
            for (int i = 0; i < PER_MINUTE; i++) {
                int version = 1 + random.nextInt(2);
                rows[version]++;
                predict(version, version == 1 ? ofControl : ofCanary, auditOneIn);
            }
            counted(rows);
        }
    }

    private void predict(int version, double labelled, int auditOneIn) {
        boolean asked = auditOneIn > 0 && random.nextInt(auditOneIn) == 0;
        if (asked) {
            history.state.labels().asked(PROCESS, version, nowMillis);
        }
        if (asked || random.nextDouble() < labelled) {
            PredictionId id = history.request(version, version, asked ? PredictionId.AUDIT : 0, random.nextLong());
            history.state.labels().labelled(new Labelled(PROCESS, version, nowMillis, nowMillis + 1, 1, asked));
            history.learns(new Outcome(id, "ham", 1));
        }
    }

    private void counted(int[] rows) {
        List<TrafficCount> counts = List.of(count(1, rows[1]), count(2, rows[2]));
        history.happens(new TrafficCounted(
                nowMillis + 2,
                List.of(new TrafficBatch(new TrafficStream("node", 1), ++batch, 0, 0, counts, issued(rows)))));
    }

    private IssuedIds issued(int[] rows) {
        long from = IssuedIds.gridMillis(nowMillis);
        return new IssuedIds(
                PROCESS,
                from + IssuedIds.GRID_MILLIS,
                List.of(new IssuedIds.Rows(from, 1, rows[1]), new IssuedIds.Rows(from, 2, rows[2])));
    }

    private TrafficCount count(int version, int rows) {
        return new TrafficCount(history.route().epoch(), version, rows, rows, rows, 0, 0);
    }

    @Test
    void isPromotedWhereLabelsComeToBothAlike() {
        minutes(20, .7, .7, 0);
        assertThat(history.nextKind()).contains(Verdict.Kind.PROMOTE);
    }

    @Test
    void isHeldWhereTheyDoNotAndNoneIsAskedFor() {
        minutes(20, .7, .4, 0);
        assertThat(history.next()).isEmpty();
        assertThat(history.state.canary().orElseThrow().advice().reason())
                .contains("labelled keys, of which only those count that were asked for by lot: labels come to unequal"
                        + " parts of the predictions of versions 2 and 1");
    }

    @Test
    void isPromotedByThoseThatAreAskedFor() {
        minutes(20, .7, .4, 4);
        assertThat(history.state.canary().orElseThrow().advice().reason()).startsWith("proven");
        assertThat(history.nextKind()).contains(Verdict.Kind.PROMOTE);
    }

    @Test
    void countsABatchThatIsToldAgainOnce() {
        TrafficBatch told =
                new TrafficBatch(new TrafficStream("node", 1), 1, 0, 0, List.of(), issued(new int[] {0, 40, 60}));
        history.happens(new TrafficCounted(nowMillis + 2, List.of(told)));
        history.happens(new TrafficCounted(nowMillis + 3, List.of(told, told)));
        assertThat(history.state.labels().figures(2, nowMillis).predicted()).contains(60L);
    }

    /** An entry of the ledger from before ids were counted. */
    @Test
    void takesCountsWithoutIdsForUnknownAndNotForNone() {
        TrafficBatch told =
                new TrafficBatch(new TrafficStream("node", 1), 1, 0, 0, List.of(count(1, 40), count(2, 60)), null);
        history.happens(new TrafficCounted(nowMillis + 2, List.of(told)));
        assertThat(history.state.labels().figures(2, nowMillis).predicted()).isEmpty();
        assertThat(history.state.traffic().answered(2).rows()).isEqualTo(60);
    }

    @Test
    void isTrustedAgainWhenTheLabelsAreWithdrawn() {
        minutes(20, .7, .4, 0);
        history.happens(new LabelsVoided("from", "to", "job", "broken", 3, 0, 0, 0, 3, List.of(1, 2)));
        history.routes(Set.of(1, 2));
        minutes(20, .7, .7, 0);
        assertThat(history.nextKind()).contains(Verdict.Kind.PROMOTE);
    }
}
