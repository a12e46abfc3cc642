package io.abgate.registry.policy;

import static io.abgate.registry.policy.History.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.ModelXInferiority;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CanaryTest {
    private static final Mail QUIET = Mail.SHIPPED.withoutDropRules().retrainingEvery(0);

    private final History history = canaried(QUIET);

    @Test
    void multipliesTheFactorsOfTheEProcessWithTheSharesInForce() {
        ModelXInferiority alone = new ModelXInferiority();
        double wealth = 1;
        for (int i = 0; i < 40; i++) {
            boolean toCanary = i % 5 == 0;
            history.learns(toCanary ? 2 : 1, 1, !toCanary);
            wealth *= alone.factor(toCanary, .2, toCanary ? 0 : 1);
        }
        assertThat(wealth()).isEqualTo(wealth).isGreaterThan(1);
    }

    @Test
    void tellsOfARollbackWhatItRestsOnEvenIfTheEvidenceHasFallenSince() {
        History half = History.withChampion(QUIET).stores(2).canary(2, .5).routes(Set.of(1, 2));
        Outcome[] together = new Outcome[140];
        for (int i = 0; i < together.length; i++) {
            together[i] = told(half.request(1 + i % 2), i < 60 == (i % 2 == 0));
        }
        half.learns(together);
        assertThat(half.state.version(2).life().g()).isLessThan(20);
        Verdict verdict = half.next().orElseThrow();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ROLL_BACK);
        assertThat(verdict.reason())
                .startsWith("less accurate than champion 1 beside it after 60 labelled keys"
                        + " (0.0 of 30 right against 30.0 of 30); the e-value reached ");
        assertThat((Double) verdict.figures().get("eValue"))
                .isEqualTo(half.state.version(2).life().peak())
                .isGreaterThan(20);
        assertThat(verdict.figures()).containsEntry("newScore", 0.0).containsEntry("controlLabels", 30.0);
        assertThat((Double) verdict.figures().get("riskBound")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void countsTheFirstLabelOfAKeyOnly() {
        for (int i = 0; i < 50; i++) {
            history.learns(told(history.request(2, 2, 0, 77), false));
        }
        assertThat(canaryUnits()).isEqualTo(new Counts(0, 1));
    }

    @Test
    void countsTheRowsOfOneRequestOnceAsTheirMean() {
        PredictionId row = history.request(2, 2, 0, 77);
        history.learns(told(row, true), told(row, false), told(row, false), told(row, true));
        assertThat(canaryUnits()).isEqualTo(new Counts(.5, 1));
    }

    @Test
    void holdsAFailureAgainstTheVersionThatWasAssigned() {
        history.learns(told(history.request(2, 1, PredictionId.FALLBACK, 77), true));
        assertThat(canaryUnits()).isEqualTo(new Counts(0, 1));
        assertThat(championUnits()).isEqualTo(Counts.NONE);
    }

    @Test
    void ignoresPinnedRequests() {
        history.learns(told(history.request(2, 2, PredictionId.FORCED, 77), false));
        assertThat(canaryUnits()).isEqualTo(Counts.NONE);
        assertThat(history.state.totals().pinnedLabels()).isEqualTo(1);
        // and the key's first request that went through the split still counts
        history.learns(told(history.request(2, 2, 0, 77), false));
        assertThat(canaryUnits()).isEqualTo(new Counts(0, 1));
    }

    @Test
    void ignoresAnEpochThatIsUnknownOrOfAnotherSalt() {
        PredictionId known = history.request(2);
        PredictionId unknown = new PredictionId(
                known.keyId(), 0, 1, 2, 2, 0, .9f, 999, known.keyHash(), known.timeMillis(), known.nonce());
        history.learns(told(unknown, false));
        history.moves(2, Stage.CANDIDATE).canary(2, .2).routes(Set.of(1, 2));
        history.learns(told(known, false));
        assertThat(canaryUnits()).isEqualTo(Counts.NONE);
    }

    @Test
    void countsNoRequestOfATimeWhenTheCanaryHadNoShare() {
        history.routes(Set.of(1)).learns(1, 10, true);
        assertThat(championUnits()).isEqualTo(Counts.NONE);
        history.routes(Set.of(1, 2)).learns(1, 10, true);
        assertThat(championUnits().labels()).isEqualTo(10);
    }

    @Test
    void takesAKeyThatWentToAThirdVersionForSeen() {
        History three = canaried(QUIET.routedBy(RoutingMode.ADAPTIVE)).stores(3).moves(3, Stage.STANDBY);
        three.routes(Set.of(1, 2, 3));
        three.learns(told(three.request(3, 3, 0, 77), true));
        three.learns(told(three.request(2, 2, 0, 77), false), told(three.request(2, 2, 0, 78), false));
        assertThat(three.state.canary().orElseThrow().units()).isEqualTo(new Counts(0, 1));
    }

    @Test
    void usesTheSharesOfTheEpochInWhichTheRequestWasMade() {
        learnSome(history);
        PredictionId early = history.request(2, 2, 0, 77);
        History unmoved = canaried(QUIET);
        learnSome(unmoved);
        history.happens(new RoutingSet(RoutingMode.SPLIT, .05, .5)).routes(Set.of(1, 2));
        history.learns(told(early, false));
        unmoved.learns(told(unmoved.request(2, 2, 0, 77), false));
        assertThat(wealth()).isEqualTo(unmoved.state.version(2).life().g());
    }

    @Test
    void keepsTheSaltWhenOnlyTheShareMoves() {
        String salt = history.state.salt();
        history.happens(new RoutingSet(RoutingMode.SPLIT, .05, .5)).routes(Set.of(1, 2));
        assertThat(history.state.salt()).isEqualTo(salt);
        history.moves(2, Stage.CANDIDATE).canary(2, .2);
        assertThat(history.state.salt()).isNotEqualTo(salt);
    }

    @Test
    void carriesTheBudgetOfAVersionFromOneCanaryToItsNext() {
        learnSome(history);
        double wealth = wealth();
        history.moves(2, Stage.CANDIDATE).canary(2, .2);
        assertThat(wealth()).isEqualTo(wealth).isGreaterThan(1);
        assertThat(canaryUnits()).isEqualTo(Counts.NONE);
    }

    @Test
    void givesAVersionThatAnOperatorForcesBackANewLife() {
        history.learns(1, 100, true).learns(2, 100, false);
        assertThat(history.nextKind()).contains(Verdict.Kind.ROLL_BACK);
        history.moves(2, Stage.QUARANTINED).canary(2, .2).routes(Set.of(1, 2));
        assertThat(history.next()).isEmpty();
        assertThat(wealth()).isEqualTo(1);
    }

    @Test
    void takesARewardAsTheScore() {
        history.learns(new Outcome(history.request(2), null, .25));
        assertThat(canaryUnits()).isEqualTo(new Counts(.25, 1));
    }

    private static void learnSome(History history) {
        history.learns(1, 20, true).learns(2, 4, false);
    }

    private static History canaried(Mail mail) {
        return History.withChampion(mail).stores(2).canary(2, .2).routes(Set.of(1, 2));
    }

    private double wealth() {
        return history.state.version(2).life().g();
    }

    private Counts canaryUnits() {
        return history.state.canary().orElseThrow().units();
    }

    private Counts championUnits() {
        return history.state.canary().orElseThrow().controlUnits();
    }
}
