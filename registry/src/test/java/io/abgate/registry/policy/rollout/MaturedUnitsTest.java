package io.abgate.registry.policy.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

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
    void handsOutEveryLabelInTheSameOrder() {
        List<Double> labels = new ArrayList<>();
        MaturedUnits.Sink sink = new MaturedUnits.Sink() {
            @Override
            public void unit(Unit unit) {
                units.add(unit);
            }

            @Override
            public void label(LabelledRow row) {
                labels.add(row.score());
            }
        };
        MaturedUnits matured = new MaturedUnits(10);
        matured.labelled(List.of(row(3, 7, 1), row(2, 7, .5), row(1, 7, 0)), 5, sink);
        matured.advance(20, sink);
        assertThat(labels).containsExactly(0.0, .5, 1.0);
        assertThat(scores()).containsExactly(0.0);
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
