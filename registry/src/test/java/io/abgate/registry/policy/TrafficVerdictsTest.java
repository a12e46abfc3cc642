package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Guardrails;
import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.domain.TrafficCount;
import io.abgate.registry.domain.TrafficSettings;
import io.abgate.registry.domain.TrafficStream;
import io.abgate.registry.domain.TriggerActions;
import io.abgate.registry.domain.TriggerActions.Action;
import io.abgate.registry.policy.rollout.Advice;
import io.abgate.registry.policy.rollout.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrafficVerdictsTest {
    private static final Mail PLAIN =
            Mail.SHIPPED.withoutDropRules().retrainingEvery(0).decidedAfter(1);
    private static final Guardrails RAILS = new Guardrails(.01, .05, 125);

    private long number;

    private static Mail mail(Action accuracy, Action errors, Action latency) {
        return PLAIN.watchedBy(new TrafficSettings(5, RAILS, new TriggerActions(accuracy, errors, latency)));
    }

    private static Mail mail() {
        return PLAIN.watchedBy(new TrafficSettings(5, RAILS, TriggerActions.DEFAULT));
    }

    /** Version 2 is a canary with half the traffic. */
    private static History withCanary(Mail mail) {
        return History.withChampion(mail).stores(2).canary(2, .5).routes(Set.of(1, 2));
    }

    /** Version 2 is champion beside version 1, and 3 in shadow has what a promotion takes. */
    private static History withGuard(Mail mail) {
        History history = History.promoted(mail).stores(3).moves(3, Stage.SHADOW);
        return history.pair(2, 3, true, true);
    }

    private void counted(History history, TrafficCount... counts) {
        TrafficBatch batch = new TrafficBatch(new TrafficStream("node", 1), ++number, 0, 0, List.of(counts), null);
        history.happens(new TrafficCounted(0, List.of(batch)));
    }

    private static TrafficCount units(History history, int version, long units, long failed, long slow) {
        return new TrafficCount(history.route().epoch(), version, units, units, units, failed, slow);
    }

    @Test
    void takesBackACanaryThatFailsWithoutAnyLabel() {
        History history = withCanary(mail());
        counted(history, units(history, 1, 510, 1, 0), units(history, 2, 500, 0, 0));
        assertThat(history.next()).isEmpty();
        counted(history, units(history, 1, 510, 0, 0), units(history, 2, 500, 60, 0));
        Verdict verdict = history.next().orElseThrow();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ROLL_BACK);
        assertThat(verdict.version()).isEqualTo(2);
        assertThat(verdict.reason())
                .startsWith("fails more than 1.0 points oftener than version 1 beside it"
                        + " (60 of 1000 requests against 1 of 1020; the e-value reached ")
                .endsWith(", the threshold is 400)");
        assertThat(verdict.figures())
                .containsEntry("guardrail", "errors")
                .containsEntry("bad", 60L)
                .containsEntry("controlUnits", 1_020L);
    }

    @Test
    void aReleasedVersionIsNotTakenBackForWhatItWasReleasedFrom() {
        History history = withCanary(mail());
        counted(history, units(history, 1, 510, 0, 0), units(history, 2, 500, 60, 0));
        assertThat(history.nextKind()).contains(Verdict.Kind.ROLL_BACK);
        double staked = staked(history);
        history.moves(2, Stage.QUARANTINED).moves(2, Stage.CANDIDATE);
        history.canary(2, .5).routes(Set.of(1, 2));
        assertThat(history.next()).isEmpty();
        counted(history, units(history, 1, 500, 0, 0), units(history, 2, 500, 0, 0));
        assertThat(history.next()).isEmpty();
        assertThat(staked(history)).as("no new budget").isEqualTo(staked);
        counted(history, units(history, 1, 500, 0, 0), units(history, 2, 500, 60, 0));
        assertThat(history.next().orElseThrow().reason())
                .as("it fails again")
                .contains("(60 of 1000 requests against 0 of 1000;");
    }

    private static double staked(History history) {
        return history.state
                .traffic()
                .against(2)
                .orElseThrow()
                .errors()
                .orElseThrow()
                .staked();
    }

    @Test
    void takesNobodyBackWhenBothFail() {
        History history = withCanary(mail());
        for (int block = 0; block < 20; block++) {
            counted(history, units(history, 1, 500, 250, 300), units(history, 2, 500, 250, 300));
        }
        assertThat(history.next()).isEmpty();
    }

    @Test
    void holdsPromotionsWhileTheChampionIsSlowAndTakesItBackIfSoConfigured() {
        History held = withGuard(mail().guardedBy(.5));
        assertThat(held.nextKind()).contains(Verdict.Kind.PROMOTE);
        counted(held, units(held, 1, 500, 0, 5), units(held, 2, 500, 0, 150));
        assertThat(held.next()).isEmpty();
        assertThat(TrafficVerdicts.hold(held.state).orElseThrow())
                .startsWith("version 2 is slow more than 5.0 points oftener than version 1 beside it"
                        + " (150 of 500 requests against 5 of 500;");
        held.canary(3, .1).routes(Set.of(1, 2, 3));
        counted(held, units(held, 2, 500, 0, 5), units(held, 3, 50, 0, 1));
        held.moves(3, Stage.SHADOW).routes(Set.of(1, 2));
        counted(held, units(held, 1, 50, 0, 0), units(held, 2, 50, 0, 0));
        assertThat(TrafficVerdicts.hold(held.state).orElseThrow())
                .as("as it was found, whatever was compared since")
                .contains("(150 of 500 requests against 5 of 500;");
        held.happens(new AutomationSet(false, false, "test"));
        assertThat(TrafficVerdicts.hold(held.state)).as("a person has looked").isEmpty();
        counted(held, units(held, 1, 500, 0, 5), units(held, 2, 500, 0, 150));
        assertThat(TrafficVerdicts.hold(held.state)).as("it is slow again").isPresent();
        History back = withGuard(
                mail(Action.ROLLBACK, Action.ROLLBACK, Action.ROLLBACK).guardedBy(.5));
        counted(back, units(back, 1, 500, 0, 5), units(back, 2, 500, 0, 150));
        assertThat(back.nextKind()).contains(Verdict.Kind.ROLL_BACK);
        assertThat(Decisions.next(back.state, Instant.EPOCH, false).map(Verdict::kind))
                .as("nobody could answer in its place; it waits, and so do promotions")
                .isEmpty();
        back.happens(new AutomationSet(true, true, "test"));
        assertThat(back.next()).isEmpty();
    }

    @Test
    void onlyWarnsIfSoConfigured() {
        History history =
                withGuard(mail(Action.ROLLBACK, Action.WARN, Action.WARN).guardedBy(.5));
        counted(history, units(history, 1, 500, 0, 0), units(history, 2, 500, 150, 150));
        assertThat(history.nextKind()).contains(Verdict.Kind.PROMOTE);
        assertThat(TrafficVerdicts.hits(history.state)).hasSize(2);
    }

    @Test
    void aBrokenSplitBlocksPromotionsAndRetrainingsButNoRollback() {
        History history = withGuard(mail().guardedBy(.5).retrainingEvery(1));
        counted(history, units(history, 1, 9_000, 0, 0), units(history, 2, 10_000, 0, 0));
        assertThat(history.next()).isEmpty();
        assertThat(TrafficVerdicts.hold(history.state).orElseThrow())
                .startsWith("requests do not come to versions 2 and 1 as the split means them to"
                        + " (10000 of 19000 to version 2, 9500 expected; the e-value reached ");
        counted(history, units(history, 1, 1_000, 0, 0), units(history, 2, 1_000, 500, 0));
        Verdict verdict = history.next().orElseThrow();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ROLL_BACK);
        assertThat(verdict.reason()).contains("fails more than", "; requests do not come to versions 2 and 1");
    }

    @Test
    void aSplitThatLabelsShowToBeBrokenBlocksTheSame() {
        History history = withGuard(mail().guardedBy(.2).retrainingEvery(1));
        assertThat(history.nextKind()).contains(Verdict.Kind.PROMOTE);
        for (int i = 0; i < 200; i++) {
            history.learns(i % 4 == 0 ? 2 : 1, 1, true);
        }
        assertThat(history.next()).isEmpty();
        assertThat(TrafficVerdicts.hold(history.state).orElseThrow())
                .startsWith("labelled keys do not come from versions 2 and 1 as the split means them to"
                        + " (51 of 201 from the new version, 161 expected; the e-value reached ")
                .endsWith("the threshold is 1000)");
        assertThat(TrafficVerdicts.findings(history.state).get(Degradation.Kind.SPLIT_BROKEN))
                .as("people are told")
                .isPresent();
        history.happens(new AutomationSet(false, false, "mended"));
        assertThat(history.nextKind()).as("who resumes has looked").contains(Verdict.Kind.PROMOTE);
        for (int i = 0; i < 200; i++) {
            history.learns(i % 5 == 0 ? 1 : 2, 1, i % 5 == 0);
            history.learns(1, 1, true);
        }
        Verdict verdict = history.next().orElseThrow();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ROLL_BACK);
        assertThat(verdict.reason())
                .contains("less accurate than", "; labelled keys do not come from versions 2 and 1");
    }

    @Test
    void aBrokenSplitIsNotForgottenWhenKeysAreTossedAnewButWhenAnOperatorResumes() {
        History history = withGuard(mail().guardedBy(.5));
        counted(history, units(history, 1, 9_000, 0, 0), units(history, 2, 10_000, 0, 0));
        String found = TrafficVerdicts.brokenSplit(history.state).orElseThrow();
        String salt = history.state.salt();
        for (int batch = 0; batch < 100; batch++) {
            Outcome[] together = new Outcome[1_000];
            for (int i = 0; i < together.length; i++) {
                together[i] = History.told(history.request(1 + i % 2), true);
            }
            history.learns(together);
        }
        assertThat(history.state.salt()).isNotEqualTo(salt);
        assertThat(TrafficVerdicts.brokenSplit(history.state)).contains(found);
        history.routes(Set.of(1, 2));
        counted(history, units(history, 1, 10, 0, 0), units(history, 2, 10, 0, 0));
        assertThat(TrafficVerdicts.isSplitBroken(history.state)).isTrue();
        history.happens(new AutomationSet(true, false, "looking into it"));
        assertThat(TrafficVerdicts.isSplitBroken(history.state)).isTrue();
        history.happens(new AutomationSet(false, false, "mended"));
        assertThat(TrafficVerdicts.isSplitBroken(history.state)).isFalse();
        counted(history, units(history, 1, 9_000, 0, 0), units(history, 2, 10_000, 0, 0));
        assertThat(TrafficVerdicts.isSplitBroken(history.state))
                .as("it was not")
                .isTrue();
    }

    @Test
    void labelledKeysThatDoNotComeAsMeantBlockTheSame() {
        History history = withGuard(mail().guardedBy(.5).retrainingEvery(1));
        learns(history, 2, 60, true, true);
        assertThat(history.nextKind()).contains(Verdict.Kind.PROMOTE);
        history.learns(2, 200, true);
        assertThat(history.next()).isEmpty();
        assertThat(TrafficVerdicts.hold(history.state).orElseThrow())
                .startsWith("labelled keys do not come from versions 2 and 1 as the split means them to"
                        + " (231 of 261 from the new version, 131 expected; the e-value reached ")
                .endsWith(", the threshold is 1000)");
    }

    @Test
    void aFallWaitsForASoundSplitBeforeItsCauseIsSought() {
        History history = withGuard(mail().guardedBy(.2));
        learns(history, 5, 250, true, true);
        counted(history, units(history, 1, 2_500, 0, 0), units(history, 2, 7_500, 0, 0));
        learns(history, 5, 100, false, false);
        Experiment guard = history.guard();
        assertThat(guard.policy().phase()).isEqualTo(Phase.GUARD);
        assertThat(guard.policy().life().alarms()).as("nothing is staked").isZero();
        assertThat(guard.advice().kind()).isEqualTo(Advice.Kind.HOLD);
        assertThat(guard.advice().reason())
                .startsWith("live accuracy fell, and no half of the requests goes to the control");
        assertThat(history.planned(Set.of(1, 2)).orElseThrow().share(1)).isEqualTo(.2);

        history.stores(4).canary(4, .1).routes(Set.of(1, 2, 4)).moves(4, Stage.CANDIDATE);
        assertThat(TrafficVerdicts.hold(history.state))
                .as("it is looked at afresh")
                .isEmpty();
        history.routes(Set.of(1, 2)).learns(2, 1, false);
        assertThat(guard.policy().phase()).isEqualTo(Phase.ATTRIBUTION);
        assertThat(history.planned(Set.of(1, 2)).orElseThrow().share(1)).isEqualTo(.5);
    }

    /** One in so many of version 1, as the split has it, the others of version 2. */
    private static void learns(History history, int oneIn, int labels, boolean right, boolean newRight) {
        for (int i = 0; i < labels; i++) {
            boolean toNew = i % oneIn > 0;
            history.learns(toNew ? 2 : 1, 1, toNew ? newRight : right);
        }
    }

    @Test
    void marksARollbackByLabelsWhenTheSplitIsBroken() {
        History history = withCanary(mail());
        counted(history, units(history, 1, 10_000, 0, 0), units(history, 2, 9_000, 0, 0));
        history.learns(1, 200, true).learns(2, 200, false);
        Verdict verdict = history.next().orElseThrow();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ROLL_BACK);
        assertThat(verdict.reason()).contains("less accurate than", "; requests do not come to versions 2 and 1");
    }

    @Test
    void leavesAWorseVersionToAPersonIfSoConfigured() {
        History held = withCanary(mail(Action.HOLD, Action.ROLLBACK, Action.HOLD));
        learns(held, 2, 400, true, false);
        assertThat(held.next()).isEmpty();
        assertThat(TrafficVerdicts.hold(held.state).orElseThrow()).startsWith("version 2 is less accurate than");
        held.happens(new AutomationSet(false, false, "test"));
        assertThat(TrafficVerdicts.hold(held.state)).as("a person has looked").isEmpty();
        History warned = withCanary(mail(Action.WARN, Action.ROLLBACK, Action.HOLD));
        learns(warned, 2, 400, true, false);
        assertThat(warned.next()).isEmpty();
        assertThat(TrafficVerdicts.hold(warned.state)).isEmpty();
    }

    @Test
    void leavesGuardrailsTheirPartOfTheBudget() {
        assertThat(withCanary(PLAIN).state.version(2).life().g()).isEqualTo(1);
        assertThat(withCanary(PLAIN.guardedBy(.05)).state.version(2).life().g()).isEqualTo(.5);
        assertThat(withCanary(mail().guardedBy(.05)).state.version(2).life().g())
                .isEqualTo(.4);
        assertThat(withCanary(mail()).state.version(2).life().g()).isEqualTo(.8);
    }
}
