package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Oversight;
import io.abgate.registry.domain.Oversight.Deciding;
import io.abgate.registry.domain.Oversight.Mode;
import io.abgate.registry.domain.Oversight.Threshold;
import io.abgate.registry.domain.Restraint.Approval;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.Verdict.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SupervisionTest {
    private static final Mail QUIET = Mail.SHIPPED.withoutDropRules().retrainingEvery(0);
    private static final Mail DRY = overseen(Mode.DRY_RUN, Approval.AUTOMATIC);
    private static final Mail ASKED = overseen(Mode.ACT, Approval.MANUAL);

    private static Mail overseen(Mode mode, Approval approval) {
        return QUIET.overseenBy(new Oversight(mode, approval, Deciding.SEQUENTIAL, Threshold.DEFAULT));
    }

    @Test
    void carriesNothingOutInADryRunAndTellsEachVerdictOnce() {
        History history = canaried(DRY).learns(1, 100, true).learns(2, 100, false);
        assertThat(history.next()).isEmpty();
        tells(history, "VERDICT_DRY", 2);
        assertThat(history.learns(2, 10, false).next()).isEmpty();
        assertThat(Decisions.notes(history.state)).isEmpty();
        assertThat(history.state.supervision().dry()).singleElement().satisfies(said -> assertThat(said.kind())
                .isEqualTo(Kind.ROLL_BACK));
    }

    @Test
    void tellsOfTheCanaryAndOfTheShadowInADryRun() {
        History history = shadowed(DRY).pairs(1, 2, 100, true, true);
        tells(history, "VERDICT_DRY", 2);
        assertThat(history.state.supervision().dry()).singleElement().satisfies(said -> assertThat(said.kind())
                .isEqualTo(Kind.PROMOTE));
        history.stores(3).canary(3, .2);
        assertThat(Decisions.notes(history.state)).containsExactly(new VerdictLapsed(2));
    }

    @Test
    void retrainsInADryRunAllTheSame() {
        History history = canaried(DRY.retrainingEvery(250));
        for (int i = 0; i < 125; i++) {
            history.learns(1, 1, true).learns(2, 1, false);
        }
        assertThat(history.nextKind()).contains(Kind.RETRAIN);
    }

    @Test
    void forgetsWhatWasSaidOfAVersionThatAnOperatorMoves() {
        History history = canaried(DRY).learns(1, 100, true).learns(2, 100, false);
        tells(history, "VERDICT_DRY", 2);
        assertThat(history.moves(2, Stage.CANDIDATE).state.supervision().dry()).isEmpty();
        assertThat(Decisions.notes(history.state)).isEmpty();
    }

    @Test
    void tellsAVerdictThatNoLongerFollowsBecauseLabelsWereWithdrawn() {
        History history = canaried(DRY).learns(1, 100, true).learns(2, 100, false);
        tells(history, "VERDICT_DRY", 2);
        history.happens(new LabelsVoided("", "", "app", "test", 200, 0, 0, 0, 200, List.of(1, 2)));
        assertThat(history.state.supervision().dry()).isEmpty();
        assertThat(Decisions.notes(history.state)).isEmpty();
    }

    @Test
    void asksAnOperatorBeforeAPromotionAndPromotesOnceItIsApproved() {
        History history = shadowed(ASKED).pairs(1, 2, 100, true, true);
        assertThat(history.next()).isEmpty();
        tells(history, "PROMOTION_HELD", 2);
        assertThat(Decisions.notes(history.state)).isEmpty();
        assertThat(history.happens(new PromotionApproved(3, "another")).next()).isEmpty();
        assertThat(history.happens(new PromotionApproved(2, "fine")).nextKind()).contains(Kind.PROMOTE);
        assertThat(Decisions.notes(history.state)).isEmpty();
    }

    @Test
    void asksAgainForTheNextStepOfAVersion() {
        History history = shadowed(ASKED).pairs(1, 2, 100, true, true);
        history.happens(new PromotionHeld(2, "test", Map.of())).happens(new PromotionApproved(2, "fine"));
        history.moves(2, Stage.CANDIDATE).moves(2, Stage.SHADOW).pairs(1, 2, 100, true, true);
        assertThat(history.next()).isEmpty();
        tells(history, "PROMOTION_HELD", 2);
    }

    @Test
    void rollsBackWithoutAskingAnybody() {
        History history = canaried(ASKED).learns(1, 100, true).learns(2, 100, false);
        assertThat(Decisions.notes(history.state)).isEmpty();
        assertThat(history.nextKind()).contains(Kind.ROLL_BACK);
    }

    @Test
    void stopsAskingWhenTheVersionIsTakenOutAndGoesOnAskingWhilePaused() {
        History history = shadowed(ASKED).pairs(1, 2, 100, true, true);
        tells(history, "PROMOTION_HELD", 2);
        history.happens(new AutomationSet(true, false, "test"));
        assertThat(Decisions.notes(history.state)).isEmpty();
        assertThat(history.state.supervision().waiting()).isPresent();
        history.happens(new AutomationSet(false, false, "test")).moves(2, Stage.CANDIDATE);
        assertThat(history.state.supervision().waiting()).isEmpty();
        assertThat(Decisions.notes(history.state)).isEmpty();
    }

    @Test
    void anApprovalIsOfTheEvidenceThatWasThereAndOfNoOther() {
        History history = shadowed(ASKED).pairs(1, 2, 100, true, true);
        tells(history, "PROMOTION_HELD", 2);
        history.happens(new AutomationSet(true, false, "test")).happens(new PromotionApproved(2, "fine"));
        history.happens(new LabelsVoided("", "", "app", "test", 100, 0, 0, 0, 100, List.of(1)));
        history.happens(new AutomationSet(false, false, "test")).pairs(1, 2, 100, true, true);
        assertThat(history.next()).isEmpty();
    }

    @Test
    void raisesAnAlertWhileAPromotionWaits() {
        History history = shadowed(ASKED).pairs(1, 2, 100, true, true);
        assertThat(Alerting.due(history.state, 1)).isEmpty();
        tells(history, "PROMOTION_HELD", 2);
        Alerting.due(history.state, 1).forEach(history::happens);
        assertThat(history.state.monitoring().alerts()).singleElement().satisfies(alert -> assertThat(alert.kind())
                .isEqualTo(Degradation.Kind.PROMOTION_HELD));
        history.moves(2, Stage.CANDIDATE);
        Alerting.due(history.state, 2).forEach(history::happens);
        assertThat(history.state.monitoring().alerts()).isEmpty();
    }

    @Test
    void releasesAVersionWithTheBudgetThatItHadLeft() {
        History history = canaried(QUIET.guardedBy(.05)).learns(1, 100, true).learns(2, 100, false);
        double unstaked = history.state.version(2).life().u();
        assertThat(history.moves(2, Stage.QUARANTINED).state.version(2).life().isSpent())
                .isTrue();
        history.moves(2, Stage.CANDIDATE);
        assertThat(history.state.version(2).life().isSpent()).isFalse();
        assertThat(history.state.version(2).life().u()).isEqualTo(unstaked);
        assertThat(history.state.version(2).life().g()).isEqualTo(1 - unstaked);
        assertThat(history.canary(2, .5).routes(Set.of(1, 2)).next()).isEmpty();
        assertThat(history.state.version(2).life().g()).isEqualTo(1 - unstaked);
    }

    @Test
    void givesANewLifeOnlyToAVersionThatIsForcedOutOfQuarantine() {
        History history = canaried(QUIET).learns(1, 100, true).learns(2, 100, false);
        history.moves(2, Stage.QUARANTINED).moves(2, Stage.SHADOW);
        assertThat(history.state.version(2).life().u()).isEqualTo(1);
    }

    private static void tells(History history, String type, int version) {
        List<Change> notes = Decisions.notes(history.state);
        assertThat(notes).extracting(Change::type).containsExactly(type);
        assertThat(notes.get(0).summary()).contains("version " + version);
        notes.forEach(history::happens);
    }

    private static History shadowed(Mail mail) {
        return History.withChampion(mail).stores(2).moves(2, Stage.SHADOW);
    }

    private static History canaried(Mail mail) {
        return History.withChampion(mail).stores(2).canary(2, .5).routes(Set.of(1, 2));
    }
}
