package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.PromotionProof;
import io.abgate.registry.domain.PromotionProof.Step;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.StageChanged.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A canary and the champion, then a champion and the former one, on the same labelled requests. */
final class PairedComparisonTest {
    private static final PromotionProof SHORT =
            new PromotionProof(.05, .10, 60, 80, List.of(new Step(.5, 20)), .2, 200);
    private static final Mail BY_EVIDENCE =
            Mail.SHIPPED.withoutDropRules().retrainingEvery(0).guardedBy(.05).promotedByEvidence(SHORT);

    @Test
    void theControlAnswersCopiesOfWhatTheVersionIsAssignedAndNotTheOtherWayRound() {
        History history = canaried(BY_EVIDENCE);
        pair(history, 2, 1, true, true);
        assertThat(pairs(history, 2)).isOne();
        pair(history, 1, 2, true, true);
        assertThat(pairs(history, 2)).as("how it would be if it were live").isOne();
        pair(history, 3, 1, true, true);
        pair(history, 2, 3, true, true);
        assertThat(pairs(history, 2)).as("a third version").isOne();
    }

    @Test
    void aKeyMakesOnePair() {
        History history = canaried(BY_EVIDENCE);
        for (int i = 0; i < 3; i++) {
            answered(history, history.request(2, 2, PredictionId.SAMPLED, 77), 1, 0, true);
        }
        assertThat(pairs(history, 2)).isOne();
    }

    @Test
    void aCopyThatTheControlFailsSaysNothingAndARequestThatTheVersionFailsIsWrong() {
        History history = canaried(BY_EVIDENCE);
        for (int i = 0; i < 100; i++) {
            answered(history, sampled(history, 2), 1, -1, true);
        }
        assertThat(pairs(history, 2)).isZero();
        for (int i = 0; i < 200; i++) {
            PredictionId failed = history.request(2, 1, PredictionId.FALLBACK | PredictionId.SAMPLED, i);
            answered(history, failed, 1, 0, true);
        }
        assertThat(pairs(history, 2)).isEqualTo(200);
        assertThat(proven(history, 2)).isNaN();
    }

    @Test
    void aRequestThatNoCopyWasMadeOfIsNotWaitedFor() {
        History history = canaried(BY_EVIDENCE);
        history.learns(2, 100, true);
        assertThat(waiting(history)).isZero();
        history.learns(History.told(sampled(history, 2), true));
        assertThat(waiting(history)).isOne();
    }

    private static int waiting(History history) {
        return history.state
                .snapshot()
                .evidence()
                .experiments()
                .paired()
                .get(0)
                .pairing()
                .outcomes()
                .size();
    }

    @Test
    void pairsThatGoOnAfterThePromotionProveThatItTookLessOfTheMarginAndAtLastNone() {
        History history = canaried(BY_EVIDENCE);
        double used = promotedByProof(history);
        assertThat(used).isPositive();
        double before = used;
        for (int i = 0; i < 400 && before > 0; i++) {
            pair(history, 2, 1, true, i % 8 > 0);
            double now = leftToTheNext(history);
            assertThat(now).isGreaterThanOrEqualTo(.2 - before - 1e-12);
            before = .2 - now;
        }
        assertThat(proven(history, 2)).isZero();
        assertThat(leftToTheNext(history)).isEqualTo(.2);
    }

    @Test
    void whatIsProvenWhileTheNextCanaryRunsIsItsGainToo() {
        History history = canaried(BY_EVIDENCE);
        double used = promotedByProof(history);
        history.happens(canary(3)).routes(Set.of(1, 2, 3));
        while (!(proven(history, 2) == 0)) {
            pair(history, 2, 1, true, false);
        }
        double before = history.state.version(2).marginUse().total();
        assertThat(before).isEqualTo(used);
        history.promotes(3, 2);
        assertThat(history.state.version(3).marginUse().before()).isZero();
    }

    @Test
    void withdrawnLabelsTakeBackWhatTheyProvedWhateverHappenedBetween() {
        for (boolean between : List.of(false, true)) {
            History history = canaried(BY_EVIDENCE);
            double used = promotedByProof(history);
            while (!(proven(history, 2) == 0)) {
                pair(history, 2, 1, true, false);
            }
            assertThat(leftToTheNext(history)).isEqualTo(.2);
            if (between) {
                history.stores(4).moves(4, Stage.SHADOW).moves(4, Stage.CANDIDATE);
            }
            history.happens(new LabelsVoided("from", "to", "job", "test", 1, 0, 0, 0, 1, List.of(1)));
            assertThat(leftToTheNext(history)).isCloseTo(.2 - used, within(1e-15));
        }
    }

    @Test
    void aRequestOfAnUnknownTableMakesNoPairAndIsCounted() {
        History history = canaried(BY_EVIDENCE);
        PredictionId known = history.request(2);
        PredictionId id = new PredictionId(
                1,
                PredictionId.SAMPLED,
                1,
                2,
                2,
                0,
                .9f,
                known.epoch() + 1_000,
                known.keyHash(),
                known.timeMillis(),
                known.nonce());
        answered(history, id, 1, 0, true);
        PairedComparison pairs = history.state.pairedComparison(2).orElseThrow();
        assertThat(pairs.pairs()).isZero();
        assertThat(pairs.collected().untossed()).isOne();
    }

    @Test
    void noBetIsMadeOnThem() {
        History history = canaried(BY_EVIDENCE);
        promotedByProof(history);
        double g = history.state.version(2).life().g();
        for (int i = 0; i < 100; i++) {
            PredictionId id = history.request(2);
            history.learns(History.told(id, true));
        }
        double byUnits = history.state.version(2).life().g();
        History paired = canaried(BY_EVIDENCE);
        promotedByProof(paired);
        assertThat(paired.state.version(2).life().g()).isEqualTo(g);
        for (int i = 0; i < 100; i++) {
            pair(paired, 2, 1, true, false);
        }
        assertThat(paired.state.version(2).life().g()).isEqualTo(byUnits);
    }

    @Test
    void labelsThatAreWithdrawnBeginThemAnew() {
        History history = canaried(BY_EVIDENCE);
        pair(history, 2, 1, true, true);
        history.happens(new LabelsVoided("from", "to", "job", "test", 1, 0, 0, 0, 1, List.of(1)));
        assertThat(pairs(history, 2)).isZero();
        history.routes(Set.of(1, 2));
        pair(history, 2, 1, true, true);
        assertThat(pairs(history, 2)).isOne();
    }

    @Test
    void whereACountPromotesNobodyIsPaired() {
        assertThat(canaried(Mail.SHIPPED).state.pairedComparison(2)).isEmpty();
    }

    private static History canaried(Mail mail) {
        return History.withChampion(mail).stores(2).stores(3).climbs(2, .5).routes(Set.of(1, 2));
    }

    /** Gives what the promotion used up. */
    private static double promotedByProof(History history) {
        while (history.next().isEmpty()) {
            history.learns(1, 1, true).learns(2, 1, true);
        }
        double used = history.state
                .canary()
                .orElseThrow()
                .policy()
                .progress()
                .marginUsedIfPromoted()
                .total();
        history.promotes(2, 1).routes(Set.of(1, 2));
        assertThat(history.state.version(2).marginUse().total()).isCloseTo(used, within(1e-15));
        return used;
    }

    /** What the next canary may lose, by a state that goes on from a snapshot of this one. */
    private static double leftToTheNext(History history) {
        ModelFold next = ModelFold.restore(BY_EVIDENCE.settings(), history.state.snapshot());
        canary(3).applyTo(next, 1_000_000);
        return next.state().canary().orElseThrow().policy().snapshot().margin().left();
    }

    private static StageChanged canary(int version) {
        return new StageChanged(
                Kind.CANARIED, version, Map.of(version, Stage.CANARY), .5, "proven", Map.of(), false, true, null);
    }

    private static PredictionId sampled(History history, int assigned) {
        return history.request(
                assigned,
                assigned,
                PredictionId.SAMPLED,
                history.request(assigned).keyHash());
    }

    private static void pair(History history, int assigned, int other, boolean assignedRight, boolean otherRight) {
        answered(history, sampled(history, assigned), other, assignedRight == otherRight ? 0 : 1, assignedRight);
    }

    private static void answered(History history, PredictionId id, int by, int label, boolean right) {
        history.fold.shadowAnswer(id.timeMillis(), id.nonce(), by, label);
        history.learns(History.told(id, right));
    }

    private static long pairs(History history, int version) {
        return history.state.pairedComparison(version).orElseThrow().pairs();
    }

    private static double proven(History history, int version) {
        return history.state.pairedComparison(version).orElseThrow().proven(.05);
    }
}
