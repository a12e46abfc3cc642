package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.VoteWeight;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EnsembleTest {
    private static final Mail VOTING =
            Mail.SHIPPED.retrainingEvery(0).decidedAfter(10).routedBy(RoutingMode.ENSEMBLE);
    private static final int VOTED = PredictionId.ENSEMBLE | PredictionId.SAMPLED;
    private static final int HAM = 0;
    private static final int SPAM = 1;

    private long keys;

    @Test
    void creditsNobodyButTheVoteWithWhatComesOfIt() {
        History history = canaried();
        history.learns(voted(history, true), voted(history, false), voted(history, true));
        assertThat(history.state.version(1).live()).isEqualTo(Counts.NONE);
        assertThat(history.state.ensemble().vote()).isEqualTo(new Counts(2, 3));
        assertThat(history.state.totals().labels()).isEqualTo(3);
        assertThat(history.state.totals().pinnedLabels()).isZero();
        assertThat(history.state.canary().orElseThrow().controlUnits()).isEqualTo(Counts.NONE);
    }

    @Test
    void countsNothingRightWhereNobodyVotedAndAnotherAnswered() {
        History history = canaried();
        PredictionId fallback = history.request(1, 1, VOTED | PredictionId.FALLBACK, ++keys);
        history.learns(History.told(fallback, true));
        assertThat(history.state.ensemble().vote()).isEqualTo(new Counts(0, 1));
    }

    @Test
    void learnsOfEachMemberFromItsOwnRecordedAnswerWhicheverComesFirst() {
        History history = canaried();
        PredictionId answerFirst = history.request(1, 1, VOTED, ++keys);
        answers(history, answerFirst, HAM, SPAM);
        history.learns(History.told(answerFirst, true));
        PredictionId labelFirst = history.request(1, 1, VOTED, ++keys);
        history.learns(History.told(labelFirst, true));
        answers(history, labelFirst, HAM, -1);
        assertThat(history.state.ensemble().members()).isEqualTo(Map.of(1, new Counts(2, 2), 2, new Counts(0, 2)));
        assertThat(EnsembleVotes.beliefs(history.state).get(1).weight()).isEqualTo(VoteWeight.of(2, 0, 2), within(.01));
        assertThat(EnsembleVotes.beliefs(history.state).get(2).weight()).isZero();
    }

    @Test
    void knowsOfARewardOnlyHowRightTheVoteWas() {
        History history = canaried();
        PredictionId id = history.request(1, 1, VOTED, ++keys);
        answers(history, id, HAM, SPAM);
        history.learns(new Outcome(id, null, .5));
        assertThat(history.state.ensemble().vote()).isEqualTo(new Counts(.5, 1));
        assertThat(history.state.ensemble().members().get(1)).isEqualTo(Counts.NONE);
    }

    @Test
    void letsTheChampionAloneVoteUntilSomebodyIsBetterThanGuessing() {
        History history = canaried();
        assertThat(votes(history)).isEqualTo(Map.of(1, 1.0));
        for (int i = 0; i < 3; i++) {
            PredictionId id = history.request(1, 1, VOTED, ++keys);
            answers(history, id, SPAM, HAM);
            history.learns(History.told(id, true));
        }
        assertThat(votes(history)).containsOnlyKeys(2);
        assertThat(votes(history).get(2)).isEqualTo(VoteWeight.of(3, 0, 2), within(.02));
    }

    @Test
    void givesTheStandbyTheVoteWhileTheChampionIsBeingLoaded() {
        History history =
                History.withChampion(VOTING).stores(2).moves(1, Stage.STANDBY).moves(2, Stage.CHAMPION);
        RouteTable table = history.planned(Set.of(1)).orElseThrow();
        assertThat(table.share(1)).isEqualTo(1);
        assertThat(table.version(1).orElseThrow().vote()).isEqualTo(1);
        assertThat(table.version(2).orElseThrow().vote()).isZero();
    }

    @Test
    void sendsEverythingToTheChampionAsTheOneThatStandsForTheVote() {
        History history = canaried();
        assertThat(history.route().share(1)).isEqualTo(1);
        assertThat(history.route().share(2)).isZero();
    }

    @Test
    void givesVotesInNoOtherMode() {
        History history = canaried().learns(1, 10, true);
        assertThat(votes(history)).containsOnlyKeys(1);
        history.happens(new RoutingSet(RoutingMode.SPLIT, .05, -1));
        assertThat(votes(history)).isEmpty();
    }

    @Test
    void isWorthAnEpochOnceAVoteHasMovedByMoreThanItsTolerance() {
        History history = canaried().learns(1, 100, true).routes(Set.of(1, 2));
        RouteTable before = history.route();
        history.learns(1, 1, true);
        assertThat(RoutePlan.same(before, history.planned(Set.of(1, 2)).orElseThrow(), 0))
                .isTrue();
        history.learns(1, 30, true);
        assertThat(RoutePlan.same(before, history.planned(Set.of(1, 2)).orElseThrow(), 0))
                .isFalse();
    }

    @Test
    void comparesAShadowWithWhatTheChampionAloneSaid() {
        History history = History.withChampion(VOTING).stores(3).moves(3, Stage.SHADOW);
        for (int i = 0; i < 10; i++) {
            PredictionId id = history.request(1, 1, VOTED, ++keys);
            history.fold.shadowAnswer(id.timeMillis(), id.nonce(), 1, SPAM);
            history.fold.shadowAnswer(id.timeMillis(), id.nonce(), 3, HAM);
            history.learns(History.told(id, true)); // the vote was right, the champion alone was not
        }
        ShadowTrial trial = history.state.trial().orElseThrow();
        assertThat(trial.pairs()).isEqualTo(10);
        assertThat(trial.championRight()).isZero();
        assertThat(trial.candidateRight()).isEqualTo(10);
    }

    @Test
    void isAnotherArmWithOtherMembers() {
        History history = canaried();
        history.learns(voted(history, true));
        history.moves(2, Stage.CANDIDATE);
        assertThat(history.state.ensemble().vote()).isEqualTo(Counts.NONE);
        assertThat(history.state.ensemble().members()).containsOnlyKeys(1);
    }

    @Test
    void forgetsWhatWasLearntFromLabelsThatAreWithdrawn() {
        History history = canaried();
        PredictionId id = history.request(1, 1, VOTED, ++keys);
        answers(history, id, HAM, HAM);
        history.learns(History.told(id, true));
        history.happens(new LabelsVoided("", "", "app", "test", 1, 0, 0, 0, 1, List.of(), 1, null));
        assertThat(history.state.ensemble().vote()).isEqualTo(Counts.NONE);
        assertThat(EnsembleVotes.beliefs(history.state).get(2).labels()).isZero();
        assertThat(history.state.totals().labels()).isZero();
    }

    @Test
    void takesAnAnswerOfNoMemberForNothing() {
        History history = canaried().stores(3);
        PredictionId id = history.request(1, 1, VOTED, ++keys);
        history.fold.shadowAnswer(id.timeMillis(), id.nonce(), 3, HAM);
        history.learns(History.told(id, true));
        assertThat(history.state.ensemble().members()).containsOnlyKeys(1, 2);
    }

    private Outcome voted(History history, boolean right) {
        return History.told(history.request(1, 1, PredictionId.ENSEMBLE, ++keys), right);
    }

    private static void answers(History history, PredictionId id, int champion, int canary) {
        history.fold.shadowAnswer(id.timeMillis(), id.nonce(), 1, champion);
        history.fold.shadowAnswer(id.timeMillis(), id.nonce(), 2, canary);
    }

    private static Map<Integer, Double> votes(History history) {
        return history.planned(Set.of(1, 2)).orElseThrow().versions().stream()
                .filter(version -> version.vote() > 0)
                .collect(java.util.stream.Collectors.toMap(RoutedVersion::version, RoutedVersion::vote));
    }

    private static History canaried() {
        return History.withChampion(VOTING).stores(2).canary(2, .5).routes(Set.of(1, 2));
    }
}
