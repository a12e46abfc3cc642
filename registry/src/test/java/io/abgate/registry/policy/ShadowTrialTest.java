package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShadowTrialTest {
    /** The shadow's labels stand in another order than the champion's. */
    private final ShadowTrial trial =
            new ShadowTrial(2, 1, 100, Pairing.ofShadow(2, List.of("spam", "ham"), 1, 0), null);

    private final History history = History.withChampion(Mail.SHIPPED);

    @Test
    void joinsTheAnswerToTheLabelThatComesAfterIt() {
        PredictionId id = history.request(1);
        answers(id, 1);
        assertThat(trial.pairs()).isZero();
        labelled(History.told(id, true));
        assertThat(trial.pairs()).isEqualTo(1);
        assertThat(trial.candidateRight()).isEqualTo(1);
        assertThat(trial.championRight()).isEqualTo(1);
    }

    @Test
    void joinsTheLabelToTheAnswerThatComesAfterIt() {
        PredictionId id = history.request(1);
        labelled(History.told(id, false));
        assertThat(trial.pairs()).isZero();
        answers(id, 0);
        assertThat(trial.pairs()).isEqualTo(1);
        assertThat(trial.candidateRight()).isEqualTo(1);
        assertThat(trial.championRight()).isZero();
    }

    @Test
    void makesOnePairOfARequestHoweverOftenItsHalvesCome() {
        PredictionId id = history.request(1);
        answers(id, 1);
        labelled(History.told(id, true));
        answers(id, 1);
        answers(id, 1);
        assertThat(trial.pairs()).isEqualTo(1);
    }

    @Test
    void countsOnlyRequestsThatTheChampionWasAssigned() {
        meets(history.request(3), true);
        meets(history.request(3, 1, PredictionId.FALLBACK, 1), true);
        meets(history.request(1, 1, PredictionId.FORCED, 3), true);
        assertThat(trial.pairs()).isZero();
        meets(history.request(1), true);
        assertThat(trial.pairs()).isEqualTo(1);
    }

    @Test
    void countsARequestThatTheChampionFailedOnAsWrong() {
        meets(history.request(1, 3, PredictionId.FALLBACK, 1), true);
        assertThat(trial.pairs()).isEqualTo(1);
        assertThat(trial.championRight()).isZero();
        assertThat(trial.candidateRight()).isEqualTo(1);
    }

    @Test
    void countsNoRewardAsItDoesNotSayWhatWasRight() {
        PredictionId id = history.request(1);
        answers(id, 1);
        labelled(new Outcome(id, null, 1));
        assertThat(trial.pairs()).isZero();
    }

    @Test
    void overhearsNoOtherVersion() {
        PredictionId id = history.request(1);
        trial.answer(id.timeMillis(), id.nonce(), 3, 1, 0);
        labelled(History.told(id, true));
        assertThat(trial.pairs()).isZero();
    }

    @Test
    void takesAnAnswerThatIsNoLabelForWrong() {
        PredictionId below = history.request(1);
        answers(below, -1);
        labelled(History.told(below, true));
        PredictionId above = history.request(1);
        labelled(History.told(above, true));
        answers(above, 2);
        assertThat(trial.pairs()).isEqualTo(2);
        assertThat(trial.candidateRight()).isZero();
    }

    @Test
    void isDecidedByItsFirstHundredPairsForGood() {
        for (int i = 0; i < 100; i++) {
            assertThat(trial.isDecided()).isFalse();
            meets(history.request(1), true);
        }
        assertThat(trial.isDecided()).isTrue();
        assertThat(trial.candidateHolds()).isTrue();
        for (int i = 0; i < 100; i++) {
            PredictionId id = history.request(1);
            answers(id, 0);
            labelled(History.told(id, true));
        }
        assertThat(trial.pairs()).isEqualTo(100);
        assertThat(trial.candidateRight()).isEqualTo(100);
        assertThat(trial.candidateHolds()).isTrue();
    }

    private void labelled(Outcome outcome) {
        trial.outcomes(List.of(outcome), epoch -> null, 0);
    }

    private void meets(PredictionId id, boolean right) {
        answers(id, right ? 1 : 0);
        labelled(History.told(id, right));
    }

    private void answers(PredictionId id, int label) {
        trial.answer(id.timeMillis(), id.nonce(), 2, label, 0);
    }
}
