package io.abgate.registry.policy;

import static io.abgate.registry.policy.Degradation.Kind.ACCURACY;
import static io.abgate.registry.policy.Degradation.Kind.NOT_FINITE;
import static io.abgate.registry.policy.Degradation.Kind.RESPONSE;
import static io.abgate.registry.policy.Degradation.Kind.RETRAINING_ASKED;
import static io.abgate.registry.policy.Degradation.Kind.TRAINING_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Score;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.Degradation.Finding;
import io.abgate.registry.policy.Degradation.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alerts are raised once, recover once, and after that keep still for a while. */
final class AlertingTest {
    private static final long COOL_DOWN = 300_000; // as shipped
    private static final Finding FELL = new Finding(ACCURACY, .16, .15, "accuracy 0.160 below the baseline");
    private static final Optional<Fall> LARGE = Optional.of(Fall.between(new Score(90, 100), new Score(78, 100)));
    private static final Optional<String> ASKS = Optional.of("accuracy dropped by 0.120 (limit 0.1)");

    private final History history = History.withChampion(Mail.SHIPPED.withoutDropRules());
    private final ModelState state = history.state;

    private List<Change> happen(List<Change> changes) {
        changes.forEach(history::happens);
        return changes;
    }

    private List<Change> check(long at, Finding... findings) {
        return happen(Alerting.checked(state, List.of(findings), at));
    }

    private List<Change> due(long at) {
        return happen(Alerting.due(state, at));
    }

    private static AlertRaised raised(Finding finding, long since, long at, boolean told) {
        return new AlertRaised(finding.kind(), 1, finding.value(), finding.limit(), finding.says(), since, at, told);
    }

    private static AlertRecovered over(Finding finding, long since, long at, boolean told) {
        return new AlertRecovered(
                finding.kind(), 1, finding.value(), finding.limit(), since, at, "a check no longer finds it", told);
    }

    private List<Kind> open() {
        return state.monitoring().alerts().stream().map(Alert::kind).toList();
    }

    @Test
    void whatIsWrongIsRaisedOnceWhateverItsValueAndRecoversOnce() {
        assertThat(check(1_000)).isEmpty();
        assertThat(check(2_000, FELL)).containsExactly(raised(FELL, 2_000, 2_000, true));
        assertThat(check(3_000, FELL)).isEmpty();
        assertThat(check(4_000, new Finding(ACCURACY, .5, .15, "more"))).isEmpty();
        assertThat(due(4_500)).isEmpty();
        assertThat(state.monitoring().alerts())
                .containsExactly(new Alert(ACCURACY, 1, .16, .15, FELL.says(), 2_000, true));
        assertThat(check(9_000)).containsExactly(over(FELL, 2_000, 9_000, true));
        assertThat(over(FELL, 2_000, 9_999, true).lastedSeconds()).isEqualTo(7);
        assertThat(open()).isEmpty();
        assertThat(check(10_000)).isEmpty();
    }

    @Test
    void kindsAreApartAndOneThatIsFoundTwiceIsOne() {
        Finding one = new Finding(NOT_FINITE, Double.NaN, 0, "one");
        Finding other = new Finding(NOT_FINITE, Double.NaN, 0, "other");
        assertThat(check(1_000, FELL, one, other)).hasSize(2);
        assertThat(check(2_000, other)).containsExactly(over(FELL, 1_000, 2_000, true));
        assertThat(open()).containsExactly(NOT_FINITE);
    }

    /** An alert was over at 10 s; the next one of its kind comes so many milliseconds later. */
    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "299999, false", "300000, true", "300001, true", "-1, true"})
    void oneThatComesBackWithinTheCoolDownIsNotToldAgain(long later, boolean told) {
        check(1_000, FELL);
        check(10_000);
        long at = 10_000 + later;
        assertThat(check(at, FELL)).containsExactly(raised(FELL, at, at, told));
        assertThat(open()).as("for all who look").containsExactly(ACCURACY);
    }

    @Test
    void oneThatWasHeldBackAndIsStillThereIsToldWhenTheCoolDownIsOver() {
        check(1_000, FELL);
        check(10_000);
        check(20_000, FELL);
        assertThat(due(10_000 + COOL_DOWN - 1)).isEmpty();
        assertThat(due(10_000 + COOL_DOWN)).containsExactly(raised(FELL, 20_000, 10_000 + COOL_DOWN, true));
        assertThat(due(10_000 + COOL_DOWN + 1)).as("once").isEmpty();
        assertThat(check(500_000)).containsExactly(over(FELL, 20_000, 500_000, true));
    }

    @Test
    void oneThatComesAndGoesIsToldOnceInACoolDown() {
        check(0, FELL);
        check(1_000); // told
        int told = 0;
        for (long at = 2_000; at < 1_000 + 2 * COOL_DOWN; at += 2_000) {
            told += told(check(at, FELL)) + told(due(at)) + told(check(at + 1_000)) + told(due(at + 1_000));
        }
        assertThat(told).as("raised and over after one cool-down").isEqualTo(2);
    }

    private static int told(List<Change> changes) {
        return (int) changes.stream()
                .filter(change ->
                        change instanceof AlertRaised raised ? raised.told() : ((AlertRecovered) change).told())
                .count();
    }

    @Test
    void anotherKindAndAnotherVersionHaveCoolDownsOfTheirOwn() {
        check(1_000, FELL);
        check(10_000);
        Finding slow = new Finding(RESPONSE, 3, 2, "slow");
        assertThat(check(11_000, slow)).containsExactly(raised(slow, 11_000, 11_000, true));
        history.stores(2).moves(1, Stage.STANDBY).moves(2, Stage.CHAMPION);
        assertThat(((AlertRaised) check(12_000, FELL).get(1)).told()).isTrue();
    }

    @Test
    void anotherChampionEndsTheAlertsOfTheFormerOne() {
        check(1_000, FELL);
        history.stores(2).moves(1, Stage.STANDBY);
        history.moves(2, Stage.CHAMPION);
        assertThat(due(3_000))
                .containsExactly(
                        new AlertRecovered(ACCURACY, 1, .16, .15, 1_000, 3_000, "version 2 is champion now", true));
        assertThat(open()).isEmpty();
    }

    @Test
    void aCheckOfAnotherChampionRaisesAnewWhatTheFormerOneHad() {
        check(1_000, FELL);
        history.stores(2).moves(1, Stage.STANDBY).moves(2, Stage.CHAMPION);
        assertThat(check(3_000, FELL)).extracting(Change::type).containsExactly("ALERT_RECOVERED", "ALERT_RAISED");
        assertThat(state.monitoring().alerts()).extracting(Alert::version).containsExactly(2);
    }

    @Test
    void aCheckThatAsksForARetrainingIsAnAlertUntilNothingAsksAndNothingIsUnderWay() {
        Finding asked = new Finding(RETRAINING_ASKED, .12, .1, ASKS.orElseThrow());
        assertThat(happen(Alerting.checked(state, List.of(), LARGE, ASKS, 1_000)))
                .containsExactly(raised(asked, 1_000, 1_000, true));
        history.happens(new JobQueued(7, true, "test"));
        assertThat(check(2_000)).as("an operator's check asks for none").isEmpty();
        assertThat(happen(Alerting.checked(state, List.of(), Optional.empty(), Optional.empty(), 3_000)))
                .isEmpty();
        history.happens(new JobEnded(7, "HELD", 2, "test"));
        assertThat(happen(Alerting.checked(state, List.of(), Optional.empty(), Optional.empty(), 4_000)))
                .extracting(Change::type)
                .containsExactly("ALERT_RECOVERED");
    }

    @Test
    void oneThatWaitsForApprovalIsStillAskedFor() {
        happen(Alerting.checked(state, List.of(), LARGE, ASKS, 1_000));
        history.happens(new JobHeld(7, "test"));
        assertThat(due(2_000)).isEmpty();
        assertThat(happen(Alerting.checked(state, List.of(), Optional.empty(), Optional.empty(), 3_000)))
                .isEmpty();
        history.happens(new JobEnded(7, "REJECTED", null, "dropped", 3_500L));
        assertThat(due(4_000)).extracting(Change::type).containsExactly("ALERT_RECOVERED");
    }

    @Test
    void severalSmallerDropsNameTheirOwnLimit() {
        Optional<Fall> small = Optional.of(Fall.between(new Score(90, 100), new Score(80, 100)));
        assertThat(Alerting.checked(state, List.of(), small, Optional.of("three in a row"), 1_000))
                .containsExactly(new AlertRaised(RETRAINING_ASKED, 1, .1, .05, "three in a row", 1_000, 1_000, true));
    }

    @Test
    void aFallOfLiveLabelsIsAnAlertUntilItsTrainingAndTrialAreOver() {
        History live = History.withChampion(Mail.SHIPPED).learns(1, 50, true).learns(1, 50, false);
        List<Change> raised = Alerting.due(live.state, 1_000);
        assertThat(raised).hasSize(1).allMatch(change -> change.summary()
                .contains("live accuracy fell from 50.0 to 0.0"));
        raised.forEach(live::happens);
        assertThat(Alerting.due(live.state, 2_000)).isEmpty();
        live.happens(new JobQueued(7, true, "test"));
        assertThat(Alerting.due(live.state, 3_000)).isEmpty();
        live.stores(2).moves(2, Stage.SHADOW).happens(new JobEnded(7, "SUCCEEDED", 2, "test"));
        assertThat(Alerting.due(live.state, 4_000)).isEmpty();
        live.moves(2, Stage.QUARANTINED);
        assertThat(Alerting.due(live.state, 5_000)).extracting(Change::type).containsExactly("ALERT_RECOVERED");
    }

    @Test
    void aRetrainingThatCameToNothingIsAnAlertUntilOneComesToSomething() {
        assertThat(ended("REJECTED", false)).as("one who ordered it sees it").isEmpty();
        assertThat(ended("REJECTED", true)).extracting(Change::type).containsExactly("ALERT_RAISED");
        assertThat(open()).containsExactly(TRAINING_FAILED);
        assertThat(ended("FAILED", true)).isEmpty();
        assertThat(due(2_000)).isEmpty();
        assertThat(check(3_000)).as("no check says anything of it").isEmpty();
        assertThat(ended("SUCCEEDED", false)).extracting(Change::type).containsExactly("ALERT_RECOVERED");
        assertThat(ended("HELD", true)).isEmpty();
    }

    private List<Change> ended(String end, boolean automatic) {
        return happen(Alerting.ended(state, new JobEnded(7, end, null, "test"), automatic, 1_000));
    }

    @Test
    void goesOnFromASnapshotInTheMiddleOfACoolDown() {
        check(1_000, FELL);
        check(10_000);
        check(20_000, FELL);
        ModelState restored =
                ModelFold.restore(state.settings(), state.snapshot()).state();
        assertThat(restored.snapshot()).isEqualTo(state.snapshot());
        assertThat(Alerting.due(restored, 10_000 + COOL_DOWN - 1)).isEmpty();
        assertThat(Alerting.due(restored, 10_000 + COOL_DOWN)).isEqualTo(due(10_000 + COOL_DOWN));
    }
}
