package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Guardrails;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.domain.TrafficCount;
import io.abgate.registry.domain.TrafficSettings;
import io.abgate.registry.domain.TrafficStream;
import io.abgate.registry.domain.TriggerActions;
import io.abgate.registry.domain.TriggerActions.Action;
import io.abgate.registry.policy.StageChanged.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
        History history = History.withChampion(mail.guardedBy(.5))
                .stores(2)
                .happens(new StageChanged(
                        Kind.PROMOTED, 2, Map.of(1, Stage.STANDBY, 2, Stage.CHAMPION), 0, "test", Map.of(), false))
                .routes(Set.of(1, 2))
                .stores(3)
                .moves(3, Stage.SHADOW);
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
    void takesNobodyBackWhenBothFail() {
        History history = withCanary(mail());
        for (int block = 0; block < 20; block++) {
            counted(history, units(history, 1, 500, 250, 300), units(history, 2, 500, 250, 300));
        }
        assertThat(history.next()).isEmpty();
    }

    @Test
    void holdsPromotionsWhileTheChampionIsSlowAndTakesItBackIfSoConfigured() {
        History held = withGuard(mail());
        assertThat(held.nextKind()).contains(Verdict.Kind.PROMOTE);
        counted(held, units(held, 1, 500, 0, 5), units(held, 2, 500, 0, 150));
        assertThat(held.next()).isEmpty();
        assertThat(TrafficVerdicts.hold(held.state).orElseThrow())
                .startsWith("version 2 is slow more than 5.0 points oftener than version 1 beside it"
                        + " (150 of 500 requests against 5 of 500;");
        History back = withGuard(mail(Action.ROLLBACK, Action.ROLLBACK, Action.ROLLBACK));
        counted(back, units(back, 1, 500, 0, 5), units(back, 2, 500, 0, 150));
        assertThat(back.nextKind()).contains(Verdict.Kind.ROLL_BACK);
        assertThat(Decisions.next(back.state, Instant.EPOCH, false).map(Verdict::kind))
                .as("nobody could answer in its place, so what else is due comes")
                .contains(Verdict.Kind.PROMOTE);
        back.happens(new AutomationSet(true, true, "test"));
        assertThat(back.next()).isEmpty();
    }

    @Test
    void onlyWarnsIfSoConfigured() {
        History history = withGuard(mail(Action.ROLLBACK, Action.WARN, Action.WARN));
        counted(history, units(history, 1, 500, 0, 0), units(history, 2, 500, 150, 150));
        assertThat(history.nextKind()).contains(Verdict.Kind.PROMOTE);
        assertThat(TrafficVerdicts.hits(history.state)).hasSize(2);
    }

    @Test
    void aBrokenSplitBlocksPromotionsAndRetrainingsButNoRollback() {
        History history = withGuard(mail().retrainingEvery(1));
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
        held.learns(1, 200, true).learns(2, 200, false);
        assertThat(held.next()).isEmpty();
        assertThat(TrafficVerdicts.hold(held.state).orElseThrow()).startsWith("version 2 is less accurate than");
        History warned = withCanary(mail(Action.WARN, Action.ROLLBACK, Action.HOLD));
        warned.learns(1, 200, true).learns(2, 200, false);
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
