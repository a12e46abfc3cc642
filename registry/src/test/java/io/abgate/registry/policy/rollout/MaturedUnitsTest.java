package io.abgate.registry.policy.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.evidence.Counts;
import io.abgate.registry.policy.rollout.MaturedUnits.Unit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaturedUnitsTest {
    private final List<Unit> units = new ArrayList<>();
    private long nonce;

    @Test
    void takesLabelsAsTheyComeWhereTheyComeAtOnce() {
        MaturedUnits matured = new MaturedUnits(0);
        matured.labelled(List.of(row(9, 1, 1), row(3, 2, 0)), 10, units::add);
        assertThat(scores()).containsExactly(1.0, 0.0);
    }

    @Test
    void takesLabelsInTheOrderOfTheirPredictionsWhereTheyTakeTime() {
        MaturedUnits matured = new MaturedUnits(100);
        matured.labelled(List.of(row(30, 1, 1)), 40, units::add);
        matured.labelled(List.of(row(10, 2, 0), row(20, 3, .5)), 109, units::add);
        assertThat(units).isEmpty();
        matured.advance(110, units::add);
        assertThat(scores()).containsExactly(0.0);
        matured.advance(130, units::add);
        assertThat(scores()).containsExactly(0.0, .5, 1.0);
    }

    @Test
    void onlyReportsLabelsWhoseTurnIsOver() {
        MaturedUnits matured = new MaturedUnits(100);
        matured.advance(150, units::add);
        matured.labelled(List.of(row(50, 1, 1), row(51, 2, 0)), 151, units::add);
        assertThat(scores()).containsExactly(0.0);
        assertThat(matured.late()).isOne();
        assertThat(matured.received()).isEqualTo(2);
        assertThat(matured.units()).isOne();
    }

    @Test
    void followsAClockThatIsSetRightAndNoneThatIsAMinuteBehind() {
        MaturedUnits matured = new MaturedUnits(100);
        matured.labelled(List.of(row(1_000, 1, 1)), 1_010, units::add);
        matured.advance(500_000, units::add); // it is ahead
        assertThat(scores()).as("handed out early").containsExactly(1.0);
        matured.labelled(List.of(row(440_000, 2, 0)), 440_001, units::add);
        assertThat(matured.late()).as("within a minute").isOne();
        matured.labelled(List.of(row(1_001, 3, .5), row(1_000, 4, 0), row(999, 5, 0)), 1_020, units::add);
        assertThat(matured.late()).as("of the time that was handed out").isEqualTo(3);
        matured.advance(1_100, units::add);
        assertThat(scores()).containsExactly(1.0);
        matured.advance(1_101, units::add);
        assertThat(scores()).containsExactly(1.0, .5);
    }

    @Test
    void countsTheRowsOfARequestOnceAsTheirMean() {
        MaturedUnits matured = new MaturedUnits(100);
        matured.labelled(List.of(row(10, 1, 1), row(11, 2, 1)), 20, units::add);
        matured.labelled(List.of(row(10, 1, 0), row(10, 1, 0)), 30, units::add);
        matured.advance(200, units::add);
        assertThat(units.get(0).score()).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(scores()).hasSize(2);
    }

    @Test
    void countsOnlyTheFirstRequestOfAKey() {
        MaturedUnits matured = new MaturedUnits(0);
        matured.labelled(List.of(row(1, 7, 1)), 1, units::add);
        matured.labelled(List.of(row(2, 7, 0), row(3, 8, .5)), 3, units::add);
        assertThat(scores()).containsExactly(1.0, .5);
    }

    @Test
    void remembersAKeyThatWentToAThirdVersionButNotOneThatHadNoChoice() {
        MaturedUnits matured = new MaturedUnits(0);
        matured.labelled(List.of(LabelledRow.live(1, 1, 7, 3, .2, 0, 1, true)), 1, units::add);
        matured.labelled(List.of(LabelledRow.live(2, 2, 8, 1, 1, 0, 1, true)), 2, units::add);
        matured.labelled(List.of(row(3, 7, 1), row(3, 8, .5)), 3, units::add);
        assertThat(scores()).containsExactly(.5);
    }

    @Test
    void makesPairsOfWhatTheChampionAndItsShadowAnswered() {
        MaturedUnits matured = new MaturedUnits(0);
        matured.labelled(
                List.of(LabelledRow.pair(1, 1, 7, 1, 1, 0, true), LabelledRow.pair(1, 2, 7, 1, 0, 0, true)),
                1,
                units::add);
        matured.labelled(List.of(LabelledRow.pair(2, 3, 7, 1, 0, 1, true)), 2, units::add);
        assertThat(units).containsExactly(new Unit(1, 0, .5, 0));
    }

    @Test
    void handsOutTheUnitOfARequestThenItsLabelsThenTheNextRequest() {
        List<String> taken = new ArrayList<>();
        MaturedUnits.Sink sink = new MaturedUnits.Sink() {
            @Override
            public void unit(Unit unit) {
                taken.add("unit " + unit.score());
            }

            @Override
            public void label(LabelledRow row) {
                taken.add("label " + row.score());
            }
        };
        List<String> order = List.of("unit 0.5", "label 0.0", "label 1.0", "label 0.25", "unit 0.75", "label 0.75");
        MaturedUnits matured = new MaturedUnits(10);
        List<LabelledRow> rows = List.of(row(1, 7, 0), row(1, 7, 1), row(2, 7, .25), row(3, 8, .75));
        matured.labelled(List.of(rows.get(3), rows.get(2), rows.get(0), rows.get(1)), 5, sink);
        assertThat(taken).isEmpty();
        matured.advance(20, sink);
        assertThat(taken).isEqualTo(order);
        taken.clear();
        new MaturedUnits(0).labelled(rows, 5, sink);
        assertThat(taken).as("as they come").isEqualTo(order);
    }

    /** An alarm is a stake: a batch's earlier outcomes, which are known by then, must not be played on with it. */
    @Test
    void aStakeThatALabelBringsIsPlayedOnTheUnitsAfterItAlone() {
        StakedLife life = new StakedLife(RolloutSettings.DEFAULT);
        RolloutPolicy policy = RolloutPolicy.ofChampion(RolloutSettings.DEFAULT, life, new Counts(270, 300));
        List<Integer> alarmsAtUnits = new ArrayList<>();
        MaturedUnits.Sink sink = new MaturedUnits.Sink() {
            @Override
            public void unit(Unit unit) {
                alarmsAtUnits.add(policy.life().alarms());
                policy.unit(true, .95, unit.score());
            }

            @Override
            public void label(LabelledRow row) {
                policy.label(row.score(), true);
            }
        };
        List<LabelledRow> batch = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            batch.add(row(i, i, i % 2));
        }
        new MaturedUnits(0).labelled(batch, 400, sink);
        assertThat(alarmsAtUnits).first().isEqualTo(0);
        assertThat(alarmsAtUnits).last().isEqualTo(1);
    }

    @Test
    void goesOnFromASnapshot() {
        MaturedUnits matured = new MaturedUnits(100);
        matured.labelled(List.of(row(30, 1, 1), row(10, 2, 0), row(60, 2, 1)), 115, units::add);
        MaturedUnits same = MaturedUnits.restored(matured.snapshot());
        List<Unit> others = new ArrayList<>();
        units.clear();
        matured.advance(500, units::add);
        same.advance(500, others::add);
        assertThat(others).isEqualTo(units).hasSize(1);
        assertThat(same.snapshot()).isEqualTo(matured.snapshot());
    }

    @Test
    void tellsWhenTheOldestRowThatWaitsIsDue() {
        MaturedUnits matured = new MaturedUnits(100);
        assertThat(matured.dueMillis()).isEmpty();
        matured.labelled(List.of(row(20, 1, 1), row(10, 2, 1)), 50, units::add);
        assertThat(matured.dueMillis()).contains(110L);
        matured.advance(109, units::add);
        assertThat(units).isEmpty();
        matured.advance(110, units::add);
        assertThat(units).hasSize(1);
        assertThat(matured.dueMillis()).contains(120L);
    }

    @Test
    void refusesANegativeMaturity() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MaturedUnits(-1))
                .withMessage("maturityMillis: -1 (expected: a number from 0)");
    }

    private LabelledRow row(long time, long key, double score) {
        return LabelledRow.live(time, nonce++, key, 1, .5, .5, score, true);
    }

    private List<Double> scores() {
        return units.stream().map(Unit::score).toList();
    }
}
