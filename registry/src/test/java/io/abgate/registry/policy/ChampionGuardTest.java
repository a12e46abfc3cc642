package io.abgate.registry.policy;

import static io.abgate.registry.policy.History.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.evidence.ModelXInferiority;
import io.abgate.registry.policy.StageChanged.Kind;
import io.abgate.registry.policy.rollout.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ChampionGuardTest {
    private static final Mail GUARDED =
            Mail.SHIPPED.withoutDropRules().retrainingEvery(0).guardedBy(.2);

    private final History history = History.promoted(GUARDED);

    @Test
    void startsWithAPromotionThatLeavesTheFormerChampionAsControl() {
        Experiment guard = history.guard();
        assertThat(guard.version()).isEqualTo(2);
        assertThat(guard.control()).isEqualTo(1);
        assertThat(guard.policy().phase()).isEqualTo(Phase.GUARD);
        assertThat(history.route().share(1)).isEqualTo(.2);
        assertThat(history.route().share(2)).isEqualTo(.8);
        assertThat(history.state.salt()).as("of an experiment of its own").isNotEqualTo("mail/0");
    }

    @Test
    void doesNotStartWithoutAControlShareNorWithAFirstChampion() {
        assertThat(History.promoted(GUARDED.guardedBy(0)).state.championGuard()).isEmpty();
        assertThat(History.promoted(GUARDED.guardedBy(0)).route().share(2)).isEqualTo(1);
        History first = new History(GUARDED).stores(1).happens(promotion(1, Map.of(1, Stage.CHAMPION)));
        assertThat(first.state.championGuard()).isEmpty();
    }

    @Test
    void multipliesTheFactorsOfTheEProcessWithTheSharesInForce() {
        ModelXInferiority alone = new ModelXInferiority(.9995);
        double wealth = .55; // shadow, canary and the guard's first block
        for (int i = 0; i < 40; i++) {
            boolean toNew = i % 5 != 0;
            boolean right = !toNew || i % 2 == 0;
            history.learns(toNew ? 2 : 1, 1, right);
            wealth *= alone.factor(toNew, .8, right ? 1 : 0);
        }
        assertThat(life(2).g()).isEqualTo(wealth).isGreaterThan(.55);
        assertThat(life(2).u()).isCloseTo(.45, within(1e-15));
    }

    @Test
    void countsTheFirstLabelOfAKeyAndTheRowsOfARequestAsTheirMean() {
        PredictionId row = history.request(2, 2, 0, 77);
        history.learns(told(row, true), told(row, false), told(row, false), told(row, true));
        history.learns(told(history.request(2, 2, 0, 77), false));
        assertThat(history.guard().units()).isEqualTo(new Counts(.5, 1));
    }

    @Test
    void holdsAFailureAgainstTheVersionThatWasAssignedAndIgnoresPinnedRequests() {
        history.learns(told(history.request(2, 1, PredictionId.FALLBACK, 77), true));
        history.learns(told(history.request(2, 2, PredictionId.FORCED, 78), false));
        assertThat(history.guard().units()).isEqualTo(new Counts(0, 1));
        assertThat(history.guard().controlUnits()).isEqualTo(Counts.NONE);
    }

    @Test
    void ignoresRequestsOfTheTimeBeforeThePromotion() {
        History early = History.withChampion(GUARDED).stores(2).canary(2, .2).routes(Set.of(1, 2));
        PredictionId before = early.request(2);
        early.promotes(2, 1).routes(Set.of(1, 2));
        early.learns(told(before, false));
        assertThat(early.guard().units()).isEqualTo(Counts.NONE);
    }

    @Test
    void usesTheSharesOfTheEpochInWhichTheRequestWasMade() {
        PredictionId early = history.request(2);
        history.routes(Set.of(2)).learns(2, 5, true);
        assertThat(history.guard().units()).as("no toss of a coin").isEqualTo(Counts.NONE);
        history.learns(told(early, true));
        assertThat(history.guard().units()).isEqualTo(new Counts(1, 1));
    }

    @Test
    void takesBackTheWorseChampionAlsoWhilePausedButNotWhileFrozen() {
        fallsAlone(history);
        Verdict verdict = history.next().orElseThrow();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ROLL_BACK);
        assertThat(verdict.version()).isEqualTo(2);
        assertThat(verdict.reason())
                .startsWith("less accurate than the former champion 1 beside it after ")
                .contains("the threshold is 20");
        assertThat(verdict.figures()).containsEntry("control", 1).containsKeys("eValue", "riskStaked", "newLabels");
        history.happens(new AutomationSet(true, false, "test"));
        assertThat(history.nextKind()).contains(Verdict.Kind.ROLL_BACK);
        history.happens(new AutomationSet(true, true, "test"));
        assertThat(history.next()).isEmpty();
    }

    @Test
    void whatIsProvenAgainstTheChampionStandsWhileACanaryRunsAndNothingIsPromotedMeanwhile() {
        history.stores(3).moves(3, Stage.SHADOW).routes(Set.of(1, 2, 3));
        history.pairs(2, 3, Mail.SHIPPED.settings().rollout().labels(), true, true);
        assertThat(history.nextKind()).contains(Verdict.Kind.PROMOTE);
        fallsAlone(history);
        assertThat(Decisions.next(history.state, Instant.EPOCH, false))
                .as("the former champion is not loaded; nothing is promoted beside one that is to go")
                .isEmpty();
        history.canary(3, .5).routes(Set.of(1, 2, 3));
        history.learns(3, 50, true);
        Verdict verdict = history.next().orElseThrow();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ROLL_BACK);
        assertThat(verdict.version()).isEqualTo(2);
    }

    @Test
    void endsWithItsChampionOrItsControl() {
        history.happens(new StageChanged(
                Kind.ROLLED_BACK, 2, Map.of(2, Stage.QUARANTINED, 1, Stage.CHAMPION), 0, "test", Map.of(), false));
        assertThat(history.state.championGuard()).isEmpty();
        History retired = History.promoted(GUARDED).moves(1, Stage.RETIRED);
        assertThat(retired.state.championGuard()).isEmpty();
    }

    @Test
    void isFollowedByTheNextChampionsGuard() {
        history.stores(3);
        history.happens(promotion(3, Map.of(1, Stage.RETIRED, 2, Stage.STANDBY, 3, Stage.CHAMPION)));
        assertThat(history.guard().version()).isEqualTo(3);
        assertThat(history.guard().control()).isEqualTo(2);
    }

    @Test
    void aCanarySuspendsItAndItGoesOnWithWhatItHad() {
        learnSome(history);
        double g = life(2).g();
        Counts units = history.guard().units();
        String salt = history.state.salt();
        history.stores(3).canary(3, .1).routes(Set.of(1, 2, 3));
        assertThat(history.guard().isSuspended()).isTrue();
        assertThat(history.route().share(1)).as("one experiment at a time").isZero();
        history.learns(2, 10, false);
        assertThat(life(2).g()).isEqualTo(g);
        String canarySalt = history.state.salt();
        history.moves(3, Stage.CANDIDATE).routes(Set.of(1, 2));
        assertThat(history.guard().isSuspended()).isFalse();
        assertThat(history.state.salt()).isNotIn(salt, canarySalt);
        assertThat(history.route().share(1)).isEqualTo(.2);
        assertThat(history.guard().units()).isEqualTo(units);
        assertThat(life(2).g()).isEqualTo(g);
        history.learns(2, 1, false);
        assertThat(history.guard().units().labels()).isEqualTo(units.labels() + 1);
    }

    @Test
    void aCanaryThatBecomesChampionCarriesItsWealthOver() {
        History canary = History.withChampion(GUARDED).stores(2).canary(2, .2).routes(Set.of(1, 2));
        assertThat(canary.state.version(2).life().g())
                .as("half is kept for the guard")
                .isEqualTo(.5);
        canary.learns(1, 20, true).learns(2, 3, false);
        double g = canary.state.version(2).life().g();
        assertThat(g).isGreaterThan(.5);
        canary.promotes(2, 1).routes(Set.of(1, 2));
        assertThat(canary.state.version(2).life().g()).isEqualTo(g);
        canary.learns(2, 1, true);
        assertThat(canary.state.version(2).life().u()).as("its first block").isCloseTo(.45, within(1e-15));
    }

    @Test
    void startsAgainWhenLabelsOfEitherAreWithdrawnAndRefundsNothing() {
        fallsAlone(history);
        double staked = life(2).u();
        String salt = history.state.salt();
        history.happens(new LabelsVoided("from", "to", "job", "broken", 3, 0, 0, 0, 3, List.of(1)));
        assertThat(history.next()).isEmpty();
        assertThat(life(2).u()).isEqualTo(staked);
        assertThat(life(2).g()).isCloseTo(1 - staked, within(1e-15));
        assertThat(history.guard().units()).isEqualTo(Counts.NONE);
        assertThat(history.state.salt()).isNotEqualTo(salt);
    }

    @Test
    void usesTheExactSharesOfAdaptiveRouting() {
        History adaptive = History.promoted(GUARDED.routedBy(RoutingMode.ADAPTIVE));
        double share = adaptive.route().share(2);
        ModelXInferiority alone = new ModelXInferiority(.9995);
        double wealth = .55;
        for (int i = 0; i < 30; i++) {
            adaptive.learns(1 + i % 2, 1, i % 2 == 0);
            wealth *= alone.factor(i % 2 == 1, share, i % 2 == 0 ? 1 : 0);
        }
        assertThat(adaptive.state.version(2).life().g()).isEqualTo(wealth);
    }

    @Test
    void tossesKeysAnewBeforeTheirNumberGrowsWithoutBound() {
        String salt = history.state.salt();
        for (int batch = 0; batch < 100; batch++) {
            Outcome[] together = new Outcome[1_000];
            for (int i = 0; i < together.length; i++) {
                together[i] = told(history.request(2), true);
            }
            assertThat(history.state.salt()).isEqualTo(salt);
            history.learns(together);
        }
        assertThat(history.state.salt()).isNotEqualTo(salt);
        assertThat(history.state
                        .snapshot()
                        .evidence()
                        .experiments()
                        .guard()
                        .tosses()
                        .all()
                        .get(1)
                        .units()
                        .seenKeys())
                .isEmpty();
        assertThat(history.guard().units().labels()).isEqualTo(100_000);
    }

    @Test
    void leavesRetrainingAloneWhileItOnlyWatches() {
        learnSome(history);
        assertThat(history.next()).isEmpty();
    }

    private static void learnSome(History history) {
        history.learns(1, 5, true).learns(2, 4, false).learns(2, 4, true);
    }

    private static void fallsAlone(History history) {
        for (int i = 0; i < 200 && !history.state.version(2).life().isSpent(); i++) {
            history.learns(i % 5 == 0 ? 1 : 2, 1, i % 5 == 0);
        }
        assertThat(history.state.version(2).life().isSpent()).isTrue();
    }

    private static StageChanged promotion(int version, Map<Integer, Stage> stages) {
        return new StageChanged(Kind.PROMOTED, version, stages, 0, "test", Map.of(), false);
    }

    private LifeLedger life(int version) {
        return history.state.version(version).life();
    }
}
