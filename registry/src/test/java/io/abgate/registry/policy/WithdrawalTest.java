package io.abgate.registry.policy;

import static io.abgate.registry.policy.History.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.Counts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What starts again when labels are withdrawn, and what goes on. */
final class WithdrawalTest {
    private static final Mail QUIET = Mail.SHIPPED.withoutDropRules().retrainingEvery(0);

    private static final Comparator<Double> ROUNDED = (one, other) -> Math.abs(one - other) < 1e-9 ? 0 : 1;

    private static LabelsVoided voided(int labels, Integer... versions) {
        return new LabelsVoided("from", "to", "job", "broken", labels, 0, 0, 0, labels, List.of(versions));
    }

    @Test
    void startsTheAffectedVersionsAgainAndNoOther() {
        History history = canaried(QUIET);
        history.learns(1, 20, true).learns(2, 10, true);
        history.happens(voided(10, 2));
        assertThat(history.state.version(2).live()).isEqualTo(Counts.NONE);
        assertThat(history.state.version(1).live()).isEqualTo(new Counts(20, 20));
        assertThat(history.state.totals().labels()).isEqualTo(20);
        assertThat(history.state.totals().labelsSinceTraining()).isEqualTo(20);
        assertThat(history.state.totals().withdrawnLabels()).isEqualTo(10);
        assertThat(history.learns(2, 1, true).state.version(2).live()).isEqualTo(new Counts(1, 1));
    }

    @Test
    void leavesLiveFiguresAsIfTheWithdrawnLabelsHadNeverCome() {
        History history = canaried(QUIET);
        History without = canaried(QUIET);
        List<Outcome> withdrawn = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Outcome outcome = various(i);
            history.learns(outcome);
            if (i % 7 < 3 && outcome.id().assigned() == 2) {
                withdrawn.add(outcome);
            } else {
                without.learns(outcome);
            }
        }
        WithdrawnFigures figures =
                WithdrawnFigures.of(history.state.version(2), withdrawn).orElseThrow();
        history.happens(voided(withdrawn.size(), figures));
        for (int version : List.of(1, 2)) {
            VersionState left = history.state.version(version);
            VersionState expected = without.state.version(version);
            assertThat(left.live()).isEqualTo(expected.live()).isNotEqualTo(Counts.NONE);
            assertThat(left.measured().snapshot())
                    .usingRecursiveComparison()
                    .withComparatorForType(ROUNDED, Double.class)
                    .isEqualTo(expected.measured().snapshot());
        }
    }

    @Test
    void leavesNothingOfFiguresThatAllLabelsWereWithdrawnOf() {
        History history = canaried(QUIET);
        List<Outcome> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Outcome reward = new Outcome(history.request(2), null, i / 100.0);
            history.learns(reward, various(2 * i + 1));
            all.addAll(List.of(reward, various(2 * i + 1)));
        }
        WithdrawnFigures figures =
                WithdrawnFigures.of(history.state.version(2), all).orElseThrow();
        history.happens(voided(all.size(), figures));
        assertThat(history.state.version(2).live()).isEqualTo(Counts.NONE);
        assertThat(history.state.version(2).measured().snapshot())
                .isEqualTo(new LiveMeasurement(Mail.LABELS).snapshot());
    }

    @Test
    void knowsNothingOfFiguresThatTheLabelsAreNoPartOf() {
        History history = canaried(QUIET).learns(2, 3, true);
        Outcome wrong = told(history.request(2), false);
        assertThat(WithdrawnFigures.of(history.state.version(2), List.of(wrong, wrong, wrong, wrong)))
                .as("more")
                .isEmpty();
        assertThat(WithdrawnFigures.of(history.state.version(2), List.of(wrong)))
                .as("others")
                .isEmpty();
    }

    /** A truth of either version with one of many confidences, now and then answered by the other one. */
    private static Outcome various(int i) {
        int assigned = 1 + i % 2;
        int flags = i % 11 == 0 ? PredictionId.FALLBACK : 0;
        PredictionId id = new PredictionId(1, flags, 1, assigned, assigned, 0, (i % 97) / 97f, 5, i, 1_000 + i, i);
        return told(id, i % 3 == 0);
    }

    private static LabelsVoided voided(int labels, WithdrawnFigures figures) {
        return new LabelsVoided("from", "to", "job", "broken", labels, 0, 0, 0, 0, List.of(2), 0, List.of(figures));
    }

    @Test
    void neverTakesBackAVersionForLabelsThatWereWithdrawn() {
        History kept = misled();
        History history = misled();
        assertThat(wealth(history)).isBetween(4.0, 19.9);
        history.happens(voided(2, 1, 2)).routes(Set.of(1, 2));
        assertThat(wealth(history)).isEqualTo(1);
        assertThat(history.learns(1, 2, true).learns(2, 1, false).next()).isEmpty();
        assertThat(kept.learns(1, 2, true).learns(2, 1, false).nextKind())
                .as("had they been true")
                .contains(Verdict.Kind.ROLL_BACK);
    }

    @Test
    void refundsNoBudget() {
        History history = canaried(QUIET);
        // the canary looks worse at first and is not: bets are lost
        history.learns(2, 1, false).learns(1, 1, true);
        for (int i = 0; i < 30 && wealth(history) >= 1; i++) {
            history.learns(2, 1, true);
        }
        double left = wealth(history);
        assertThat(left).isLessThan(1);
        history.happens(voided(5, 2));
        assertThat(wealth(history)).isEqualTo(left);
    }

    @Test
    void givesTheGuardANewExperimentWhoseKeysAreNewToo() {
        History history = canaried(QUIET);
        PredictionId old = history.request(2, 2, 0, 77);
        history.learns(told(old, false));
        String salt = history.state.salt();
        history.happens(voided(1, 2));
        assertThat(history.state.salt()).isNotEqualTo(salt);
        assertThat(guard(history).units()).isEqualTo(Counts.NONE);
        history.routes(Set.of(1, 2));
        history.learns(told(old, true));
        assertThat(guard(history).units()).as("a toss of the old experiment").isEqualTo(Counts.NONE);
        history.learns(told(history.request(2, 2, 0, 77), true));
        assertThat(guard(history).units()).isEqualTo(new Counts(1, 1));
    }

    @Test
    void startsASuspendedGuardAgainWithKeysThatAreTossedWhenItGoesOn() {
        History history = canaried(QUIET.guardedBy(.2)).learns(2, 3, true);
        history.promotes(2, 1).routes(Set.of(1, 2));
        PredictionId early = history.request(2);
        history.learns(2, 5, true)
                .stores(3)
                .canary(3, .2)
                .routes(Set.of(1, 2, 3))
                .happens(voided(5, 2));
        history.routes(Set.of(1, 2, 3)).learns(2, 5, true).learns(told(early, true));
        Experiment guard = history.guard();
        assertThat(guard.units()).isEqualTo(Counts.NONE);
        assertThat(guard.collected().keys()).as("remembered").isZero();
        history.moves(3, Stage.CANDIDATE).routes(Set.of(1, 2)).learns(2, 1, true);
        assertThat(guard.units()).isEqualTo(new Counts(1, 1));
    }

    @Test
    void leavesAGuardAloneWhoseSidesLostNoLabel() {
        History history = canaried(QUIET).stores(3).moves(3, Stage.STANDBY);
        history.learns(1, 20, true).learns(2, 2, false);
        double wealth = wealth(history);
        Counts units = guard(history).units();
        history.happens(voided(4, 3));
        assertThat(wealth(history)).isEqualTo(wealth).isGreaterThan(1);
        assertThat(guard(history).units()).isEqualTo(units);
    }

    @Test
    void forgetsWhatAnEarlierCanaryGainedAgainstTheSameLabels() {
        History history = canaried(QUIET);
        history.learns(1, 20, true).learns(2, 2, false).moves(2, Stage.CANDIDATE);
        assertThat(wealth(history)).isGreaterThan(1);
        history.happens(voided(20, 1));
        assertThat(wealth(history)).isEqualTo(1);
    }

    @Test
    void startsTheTrialAgainWhenTheChampionsLabelsGo() {
        History history = History.withChampion(QUIET.decidedAfter(10)).stores(2).moves(2, Stage.SHADOW);
        history.pairs(1, 2, 8, true, false);
        PredictionId waiting = history.request(1);
        history.fold.shadowAnswer(waiting.timeMillis(), waiting.nonce(), 2, 0);
        history.happens(voided(8, 1));
        ShadowTrial trial = history.state.trial().orElseThrow();
        assertThat(trial.pairs()).isZero();
        assertThat(trial.championRight()).isZero();
        history.learns(told(waiting, true));
        assertThat(trial.pairs()).as("an answer that still waited").isEqualTo(1);
        assertThat(trial.candidateRight()).isEqualTo(1);
    }

    @Test
    void takesAShadowThatHasAnsweredBeforeForNoSilentOne() {
        History history = History.withChampion(QUIET.decidedAfter(10)).stores(2).moves(2, Stage.SHADOW);
        history.routes(Set.of(1, 2)).pairs(1, 2, 8, true, true).happens(voided(8, 1));
        history.routes(Set.of(1, 2)).copied(1, 60);
        assertThat(history.state.trial().orElseThrow().unanswered()).isEqualTo(60);
        assertThat(history.state.trial().orElseThrow().isSilent()).isFalse();
    }

    @Test
    void letsAChampionsTrialBeWhenOnlyACanarysLabelsGo() {
        History history = canaried(QUIET).stores(3).moves(3, Stage.SHADOW);
        history.pairs(1, 3, 8, true, true).learns(2, 3, true).happens(voided(3, 2));
        assertThat(history.state.trial().orElseThrow().pairs()).isEqualTo(8);
    }

    @Test
    void forgetsADropThatWithdrawnLabelsShowed() {
        History history = History.withChampion(Mail.SHIPPED.retrainingEvery(0));
        history.learns(1, 50, true).learns(1, 50, false);
        assertThat(history.nextKind()).contains(Verdict.Kind.RETRAIN);
        history.happens(voided(50, 1));
        assertThat(history.next()).isEmpty();
        assertThat(history.learns(1, 50, false).next()).as("a new baseline").isEmpty();
    }

    @Test
    void startsTheArmAgainAndKeepsItsCap() {
        History history = canaried(QUIET.routedBy(RoutingMode.ADAPTIVE));
        history.learns(1, 200, false).learns(2, 200, true);
        double[] before = history.state.thompson().shares(.05);
        assertThat(before[1]).isEqualTo(.2, within(1e-9)); // the cap
        history.happens(voided(200, 2)).learns(1, 1, true);
        assertThat(history.state.thompson().versions()).containsExactlyInAnyOrder(1, 2);
        history.happens(voided(200, 1));
        int canary = history.state.thompson().versions()[0] == 2 ? 0 : 1;
        assertThat(history.state.thompson().shares(.05)[canary]).isEqualTo(.2, within(1e-9));
    }

    @Test
    void takesNoCanaryBackForWithdrawnLabelsThatSpentItsBudgetWhileEverythingWasFrozen() {
        History history = misled().happens(new AutomationSet(true, true, "a labelling job is broken"));
        while (wealth(history) < 20) {
            history.learns(1, 1, true).learns(2, 1, false);
        }
        history.happens(voided(1, 1, 2)).happens(new AutomationSet(false, false, "mended"));
        assertThat(history.next()).isEmpty();
    }

    @Test
    void survivesTheWithdrawalOfLabelsOfAVersionThatItDoesNotKnow() {
        assertThat(History.withChampion(QUIET)
                        .learns(9, 2, true)
                        .happens(voided(2, 9))
                        .state
                        .totals()
                        .labels())
                .isZero();
    }

    /** One more wrong answer of the canary, and it is taken back. */
    private static History misled() {
        History history = canaried(QUIET);
        while (wealth(history) < 4) {
            history.learns(1, 1, true).learns(2, 1, false);
        }
        return history;
    }

    private static History canaried(Mail mail) {
        return History.withChampion(mail).stores(2).canary(2, .2).routes(Set.of(1, 2));
    }

    private static double wealth(History history) {
        return history.state.version(2).life().g();
    }

    private static Experiment guard(History history) {
        return history.state.canary().orElseThrow();
    }
}
