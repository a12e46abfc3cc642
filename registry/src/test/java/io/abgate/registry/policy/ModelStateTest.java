package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.policy.StageChanged.Kind;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ModelStateTest {
    private static final Mail QUIET = Mail.SHIPPED.withoutDropRules().retrainingEvery(0);

    @Test
    void knowsItsNumberOnceItWasSetUp() {
        assertThat(new ModelFold(QUIET.settings()).state().modelId()).isZero();
        assertThat(new History(QUIET).state.modelId()).isEqualTo(1);
    }

    @Test
    void numbersVersionsOneByOne() {
        History history = new History(QUIET);
        assertThat(history.state.nextVersion()).isEqualTo(1);
        assertThat(history.stores(1).stores(2).state.nextVersion()).isEqualTo(3);
        assertThat(history.state.findBySha("sha-2").map(VersionState::number)).contains(2);
        assertThat(history.state.find(3)).isEmpty();
    }

    @Test
    void movesEveryVersionThatAChangeNamesAndRemembersWhen() {
        History history = History.withChampion(QUIET).stores(2);
        long before = history.state.stageEpoch();
        history.promotes(2, 1);
        assertThat(history.state.version(1).stage()).isEqualTo(Stage.STANDBY);
        assertThat(history.state.version(2).stage()).isEqualTo(Stage.CHAMPION);
        assertThat(history.state.stageEpoch()).isGreaterThan(before);
        assertThat(history.state.isPaused()).isFalse();
    }

    @Test
    void pausesWithAChangeThatSaysSoUntilResumed() {
        History history = History.withChampion(QUIET).stores(2);
        history.happens(new StageChanged(
                Kind.ROLLED_BACK, 1, Map.of(1, Stage.QUARANTINED, 2, Stage.CHAMPION), 0, "test", Map.of(), true));
        assertThat(history.state.isPaused()).isTrue();
        assertThat(history.state.isFrozen()).isFalse();
        history.happens(new AutomationSet(false, false, "test"));
        assertThat(history.state.isPaused()).isFalse();
    }

    @Test
    void keepsTheStageEpochWhenOnlySharesChange() {
        History history = History.withChampion(QUIET).stores(2).canary(2, .2);
        long before = history.state.stageEpoch();
        history.happens(new RoutingSet(RoutingMode.ADAPTIVE, .1, .3)).routes(Set.of(1, 2));
        assertThat(history.state.stageEpoch()).isEqualTo(before);
        assertThat(history.state.mode()).isEqualTo(RoutingMode.ADAPTIVE);
        assertThat(history.state.floor()).isEqualTo(.1);
        assertThat(history.state.version(2).canaryShare()).isEqualTo(.3);
    }

    @Test
    void leavesTheCanarysShareWhereOnlyTheModeIsSet() {
        History history = History.withChampion(QUIET).stores(2).canary(2, .2);
        history.happens(new RoutingSet(RoutingMode.CHAMPION, .05, -1));
        assertThat(history.state.version(2).canaryShare()).isEqualTo(.2);
    }

    @Test
    void takesTheEpochOfATableFromItsPlaceInTheLedger() {
        History history = History.withChampion(QUIET);
        long first = history.route().epoch();
        assertThat(history.routes(Set.of(1)).route().epoch()).isEqualTo(first + 1);
    }

    @Test
    void knowsWhichJobsAreOpen() {
        History history = new History(QUIET).happens(new JobQueued(4, true, "test"));
        assertThat(history.state.openJobs()).containsExactly(4L);
        assertThat(history.happens(new JobEnded(4, "FAILED", null, "test"))
                        .state
                        .openJobs())
                .isEmpty();
    }

    @Test
    void creditsTheAssignedVersion() {
        History history = History.withChampion(QUIET).stores(2).canary(2, .2).routes(Set.of(1, 2));
        history.learns(1, 3, true)
                .learns(History.told(history.request(2, 1, PredictionId.FALLBACK, 5), true))
                .learns(History.told(history.request(2, 2, PredictionId.FORCED, 6), true));
        assertThat(history.state.version(1).live()).isEqualTo(new Counts(3, 3));
        assertThat(history.state.version(2).live()).isEqualTo(new Counts(0, 1));
        assertThat(history.state.totals().labels()).isEqualTo(5);
        assertThat(history.state.totals().pinnedLabels()).isEqualTo(1);
    }

    @Test
    void survivesALabelOfAVersionThatItDoesNotKnow() {
        assertThat(History.withChampion(QUIET).learns(9, 1, true).state.totals().labels())
                .isEqualTo(1);
    }

    @Test
    void endsTheTrialWhenItsSidesAreNoLongerWhatTheyWere() {
        History history = History.withChampion(QUIET).stores(2).stores(3).moves(2, Stage.SHADOW);
        history.pairs(1, 2, 5, true, true);
        assertThat(history.state.trial().orElseThrow().pairs()).isEqualTo(5);
        history.moves(1, Stage.STANDBY).moves(3, Stage.CHAMPION);
        assertThat(history.state.trial().orElseThrow().pairs()).isZero();
        assertThat(history.moves(2, Stage.CANDIDATE).state.trial()).isEmpty();
    }
}
