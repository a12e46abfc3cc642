package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.domain.Oversight;
import io.abgate.registry.domain.Oversight.Deciding;
import io.abgate.registry.domain.Oversight.Mode;
import io.abgate.registry.domain.Oversight.Threshold;
import io.abgate.registry.domain.Restraint.Approval;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RoutePlanTest {
    private static final Mail QUIET = Mail.SHIPPED.withoutDropRules().retrainingEvery(0);
    private static final Mail ADAPTIVE = QUIET.routedBy(RoutingMode.ADAPTIVE);

    @Test
    void plansNothingWithoutAChampion() {
        assertThat(new History(QUIET).stores(1).planned(Set.of(1))).isEmpty();
    }

    @Test
    void givesTheCanaryItsShareAndTheChampionTheRest() {
        RouteTable table = plan(everyStage(QUIET), 1, 2, 3, 4);
        assertThat(table.share(1)).isEqualTo(.8);
        assertThat(table.share(2)).isEqualTo(.2);
        assertThat(table.versions())
                .extracting(RoutedVersion::stage)
                .containsExactly(Stage.CHAMPION, Stage.CANARY, Stage.STANDBY, Stage.SHADOW);
    }

    @Test
    void givesAColdCanaryNothing() {
        assertThat(plan(everyStage(QUIET), 1, 3, 4).share(1)).isEqualTo(1);
    }

    @Test
    void leavesTheTrafficOfAColdChampionToTheWarmStandby() {
        RouteTable table = plan(everyStage(QUIET), 2, 3);
        assertThat(table.share(1)).isZero();
        assertThat(table.share(3)).isEqualTo(.8);
        assertThat(table.share(2)).isEqualTo(.2);
        assertThat(plan(everyStage(ADAPTIVE), 2, 3).share(1)).isZero();
    }

    @Test
    void leavesItToTheChampionWhereNobodyIsWarm() {
        assertThat(plan(everyStage(QUIET)).share(1)).isEqualTo(1);
        assertThat(plan(everyStage(ADAPTIVE)).share(1)).isEqualTo(1);
    }

    @Test
    void givesTheChampionEverythingInChampionMode() {
        assertThat(plan(everyStage(QUIET.routedBy(RoutingMode.CHAMPION)), 1, 2, 3)
                        .share(1))
                .isEqualTo(1);
    }

    @Test
    void followsAccuracyInAdaptiveModeAboveTheFloorAndBelowTheCanarysCap() {
        History history = everyStage(ADAPTIVE).learns(1, 200, false).learns(2, 200, true);
        RouteTable table = plan(history, 1, 2, 3, 4);
        assertThat(table.share(2)).isEqualTo(.2, within(1e-12));
        assertThat(table.share(1)).isGreaterThan(.04);
        assertThat(table.share(3)).isGreaterThan(table.share(1));
        assertThat(table.share(4)).isZero();
        assertThat(sum(table)).isEqualTo(1, within(1e-12));
    }

    @Test
    void givesTheShareOfAnArmThatIsColdToTheChampionInAdaptiveMode() {
        RouteTable table = plan(everyStage(ADAPTIVE), 1, 2);
        assertThat(table.share(3)).isZero();
        assertThat(sum(table)).isEqualTo(1, within(1e-12));
    }

    @Test
    void keepsAdaptiveSharesInADryRunAlsoInATableThatIsNewForAnotherReason() {
        Mail dry = ADAPTIVE.overseenBy(
                new Oversight(Mode.DRY_RUN, Approval.AUTOMATIC, Deciding.SEQUENTIAL, Threshold.DEFAULT));
        History history = History.withChampion(dry).stores(2).canary(2, .5).routes(Set.of(1, 2));
        double before = history.route().share(2);
        history.learns(1, 200, true).learns(2, 200, false).stores(3);
        assertThat(plan(history, 1, 2).share(2)).isEqualTo(before);
        assertThat(plan(history, 1, 2).newest()).isEqualTo(3);
        history.happens(new RoutingSet(RoutingMode.ADAPTIVE, .05, .2));
        assertThat(plan(history, 1, 2).share(2)).as("a lower cap").isLessThanOrEqualTo(.2);
        assertThat(plan(history, 1).share(1)).as("the canary is cold").isEqualTo(1);
    }

    @Test
    void doesNotHoldTheCapOfAFormerCanaryAgainstTheChampion() {
        History history = History.withChampion(ADAPTIVE).stores(2).canary(2, .05);
        history.moves(1, Stage.STANDBY).moves(2, Stage.CHAMPION);
        history.learns(1, 200, false).learns(2, 200, true);
        assertThat(plan(history, 1, 2).share(2)).isEqualTo(.95, within(1e-9));
    }

    @Test
    void takesTablesForTheSameWithinTheTolerance() {
        RouteTable one = plan(everyStage(QUIET), 1, 2);
        History moved = everyStage(QUIET).happens(new RoutingSet(RoutingMode.SPLIT, .05, .205));
        RouteTable other = plan(moved, 1, 2);
        assertThat(RoutePlan.same(one, other, .01)).isTrue();
        assertThat(RoutePlan.same(one, other, 0)).isFalse();
    }

    @Test
    void neverTakesNoShareForASmallOne() {
        History history = History.withChampion(QUIET).stores(2).canary(2, .005);
        assertThat(RoutePlan.same(plan(history, 1), plan(history, 1, 2), .01)).isFalse();
    }

    /** 1 champion, 2 canary of 20 %, 3 standby, 4 shadow. */
    private static History everyStage(Mail mail) {
        return History.withChampion(mail)
                .stores(2)
                .stores(3)
                .stores(4)
                .canary(2, .2)
                .moves(3, Stage.STANDBY)
                .moves(4, Stage.SHADOW);
    }

    private static RouteTable plan(History history, Integer... warm) {
        return history.planned(Set.of(warm)).orElseThrow();
    }

    private static double sum(RouteTable table) {
        return table.versions().stream().mapToDouble(RoutedVersion::share).sum();
    }
}
