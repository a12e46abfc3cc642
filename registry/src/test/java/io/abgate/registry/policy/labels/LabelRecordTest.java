package io.abgate.registry.policy.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.evidence.Interval;
import io.abgate.registry.simulation.Simulation;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LabelRecordTest {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long START = 1_700_000_040_000L;

    private final LabelRecord labels = new LabelRecord(Ids.times(10 * MINUTE));

    @Test
    void knowsNothingOfAVersionThatWasNeverHeardOf() {
        LabelFigures figures = labels.figures(7, START);
        assertThat(figures.received()).isZero();
        assertThat(figures.predicted()).isEmpty();
        assertThat(figures.coverage()).isNaN();
        assertThat(figures.bounds()).isEmpty();
        assertThat(figures.audit().coverage()).isNaN();
        assertThat(labels.trust(1, 2).promotes(false)).isTrue();
    }

    @Test
    void withoutCountsOfPredictionsItTellsLagsAndNoCoverage() {
        for (int i = 0; i < 100; i++) {
            labels.labelled(Ids.label(1, START + i, START + i + 2 * SECOND, i < 90 ? 1 : 0));
        }
        LabelFigures figures = labels.figures(1, START + MINUTE);
        assertThat(figures.received()).isEqualTo(100);
        assertThat(figures.predicted()).isEmpty();
        assertThat(figures.coverage()).isNaN();
        assertThat(figures.lag().p95Millis()).isBetween(2_000.0, 2_200.0);
        assertThat(figures.lagRight().count()).isEqualTo(90);
        assertThat(figures.lagWrong().count()).isEqualTo(10);
    }

    /** Ten minutes are asked for: predictions of a millisecond less are not counted yet. */
    @Test
    void coverageIsOfPredictionsThatAreOldEnough() {
        labels.predicted(Ids.of(1, START, 100), START + 12 * SECOND);
        for (int i = 0; i < 40; i++) {
            labels.labelled(Ids.label(1, START + SECOND, START + 2 * SECOND, i < 30 ? 1 : 0));
        }
        labels.predicted(Ids.of(1, START + 20 * SECOND, 500), START + 32 * SECOND);
        long mature = START + 10 * SECOND + 10 * MINUTE;
        assertThat(labels.figures(1, mature - 1).coverage()).isNaN();
        LabelFigures figures = labels.figures(1, mature);
        assertThat(figures.predicted()).contains(600L);
        assertThat(figures.mature()).isEqualTo(100);
        assertThat(figures.coverage()).isEqualTo(.4);
        assertThat(figures.bounds()).contains(new Interval(.30, .90));
        assertThat(labels.figures(1, mature + 20 * SECOND - 1).mature()).isEqualTo(100);
        assertThat(labels.figures(1, mature + 20 * SECOND).mature()).isEqualTo(600);
    }

    /** A process that has not told how many there were does not look as if all were labelled. */
    @Test
    void labelsOfPredictionsThatNobodyCountedAreInNoCoverage() {
        labels.predicted(Ids.of(1, START, 100), START + 12 * SECOND);
        for (int i = 0; i < 50; i++) {
            labels.labelled(Ids.label(1, START + SECOND, START + 2 * SECOND, 1));
            labels.labelled(new Labelled(8, 1, START + SECOND, START + 2 * SECOND, 1, false));
            labels.labelled(Ids.label(1, START + 10 * SECOND, START + 11 * SECOND, 1));
        }
        assertThat(labels.figures(1, START + 20 * MINUTE).coverage()).isEqualTo(.5);
        labels.predicted(Ids.of(1, START + HOUR, 100), START + HOUR + 12 * SECOND);
        assertThat(labels.figures(1, START + HOUR + 20 * MINUTE).coverage()).isEqualTo(100 / 200.0);
        assertThat(labels.figures(1, START + HOUR).received()).isEqualTo(150);
    }

    /** Labels that take an hour, asked about after half an hour: the quick ones are not all there is. */
    @Test
    void predictionsWithoutALabelYetAreCensoredAndNotForgotten() {
        LabelRecord record = new LabelRecord(Ids.AT_ONCE);
        for (int minute = 0; minute < 60; minute++) {
            long at = START + minute * MINUTE;
            record.predicted(Ids.of(1, at, 100), at);
            for (int i = 0; i < 50; i++) {
                record.labelled(Ids.label(1, at, at + SECOND, 1));
            }
            if (minute >= 30) {
                for (int i = 0; i < 50; i++) {
                    record.labelled(Ids.label(1, at - 30 * MINUTE, at, 1));
                }
            }
        }
        LabelFigures.Lag lag = record.figures(1, START + 60 * MINUTE).lag();
        assertThat(lag.count()).isEqualTo(60 * 50 + 30 * 50);
        // as they came two thirds took a second; of all predictions it is one half, so that the median lies at its edge
        assertThat(lag.p50Millis()).isBetween(1_000.0, 31.0 * MINUTE);
        assertThat(lag.p95Millis()).isBetween(30.0 * MINUTE, 33.0 * MINUTE);
    }

    @Test
    void labelsThatComeAfterTheirTimeWasComparedAreLate() {
        labels.predicted(Ids.of(1, START, 10), START + 12 * SECOND);
        labels.predicted(Ids.of(1, START + 11 * MINUTE, 10), START + 11 * MINUTE + 12 * SECOND);
        labels.labelled(Ids.label(1, START, START + 12 * MINUTE, 1));
        labels.labelled(Ids.label(1, START + 11 * MINUTE, START + 12 * MINUTE, 1));
        assertThat(labels.figures(1, START + 12 * MINUTE).late()).isEqualTo(1);
        assertThat(labels.figures(1, START + 12 * MINUTE).received()).isEqualTo(2);
        assertThat(labels.figures(1, START + 20 * MINUTE).matureLabelled()).isEqualTo(1);
    }

    /** The slowest report takes two and a half minutes here. */
    @Test
    void aTimeIsComparedWhenAllHaveToldOfItOrNeverWill() {
        LabelRecord record = new LabelRecord(Ids.times(1));
        record.labelled(new Labelled(8, 1, START, START + 11 * SECOND, 1, false));
        record.predicted(Ids.of(1, START, 10), START + 12 * SECOND);
        long reached = START + 10 * SECOND + Ids.times(1).reachMillis();
        record.labelled(Ids.label(1, reached, reached - 1, 1));
        record.labelled(Ids.label(1, START, reached - 1, 1));
        assertThat(record.figures(1, reached).late()).isZero();
        record.labelled(Ids.label(1, START, reached, 1));
        assertThat(record.figures(1, reached).late()).isEqualTo(1);
        assertThat(record.figures(1, reached + HOUR).matureLabelled()).isEqualTo(2);
    }

    @Test
    void whatIsWithdrawnBeginsAnew() {
        labels.predicted(Ids.of(1, START, 10), START + SECOND);
        labels.predicted(Ids.of(2, START, 10), START + SECOND);
        labels.asked(Ids.PROCESS, 1, START);
        labels.labelled(Ids.label(1, START, START + SECOND, 1));
        labels.labelled(Ids.label(2, START, START + SECOND, 1));
        labels.corrected(1);
        labels.withdraw(Set.of(1));
        assertThat(labels.figures(1, START + 30 * MINUTE).predicted()).isEmpty();
        labels.labelled(Ids.label(1, START, START + 2 * SECOND, 1));
        labels.asked(Ids.PROCESS, 1, START);
        assertThat(labels.figures(1, START + 30 * MINUTE).received()).isZero();
        assertThat(labels.figures(1, START + 30 * MINUTE).audit().asked()).isZero();
        labels.labelled(Ids.label(1, START + 3 * SECOND, START + 4 * SECOND, 1));
        assertThat(labels.figures(1, START + 30 * MINUTE).received()).isEqualTo(1);
        assertThat(labels.figures(2, START + 30 * MINUTE).received()).isEqualTo(1);
    }

    /** Of the place of the grid in which labels are withdrawn some are gone, but all its predictions would be counted. */
    @Test
    void whatIsWithdrawnHalfwayThroughAPlaceIsCountedFromTheNextOn() {
        labels.labelled(Ids.label(1, START + SECOND, START + 5 * SECOND, 1));
        labels.withdraw(Set.of(1));
        labels.labelled(Ids.label(1, START + 7 * SECOND, START + 8 * SECOND, 1));
        labels.predicted(Ids.of(1, START, 10), START + 12 * SECOND);
        assertThat(labels.figures(1, START + 30 * MINUTE).predicted()).isEmpty();
        labels.predicted(Ids.of(1, START + 10 * SECOND, 10), START + 22 * SECOND);
        LabelFigures figures = labels.figures(1, START + 30 * MINUTE);
        assertThat(figures.predicted()).contains(10L);
        assertThat(figures.matureLabelled()).isZero();
        assertThat(figures.received()).isEqualTo(1);
    }

    @Test
    void aMonthTakesAHundredPartsAndLosesNothing() {
        LabelRecord record = new LabelRecord(Ids.AT_ONCE);
        long at = START;
        long predicted = 0;
        for (int i = 0; i < 50_000; i++) {
            at += 50 * SECOND;
            record.predicted(Ids.of(1, at - SECOND, 3), at);
            predicted += 3;
            record.labelled(Ids.label(1, at - SECOND, at, 1));
        }
        LabelFigures figures = record.figures(1, at + MINUTE);
        assertThat(record.snapshot().cohorts().compared()).hasSizeLessThan(150);
        assertThat(figures.predicted()).contains(predicted);
        assertThat(figures.mature()).isEqualTo(predicted);
        assertThat(figures.matureLabelled()).isEqualTo(50_000);
        assertThat(figures.coverage()).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void theAuditTellsCoverageByOutcome() {
        LabelRecord record = new LabelRecord(Ids.AT_ONCE);
        outcomeDependent(record, Simulation.random(4), 200);
        LabelFigures figures = record.figures(1, START + 400 * MINUTE);
        LabelFigures.ByOutcome byOutcome = figures.coverageByOutcome().orElseThrow();
        assertThat(byOutcome.right()).isCloseTo(.3, within(.05));
        assertThat(byOutcome.wrong()).isCloseTo(.9, within(.10));
        assertThat(figures.audit().coverage()).isEqualTo(1);
        assertThat(figures.audit().labelled().accuracy()).isCloseTo(.8, within(.05));
        assertThat(record.trust(1, 2).promotes(false)).isFalse();
        assertThat(record.trust(1, 2).promotes(true)).isTrue();
        assertThat(record.trust(2, 1).dependence().orElseThrow()).contains("version 1 depend on its being right");
        assertThat(record.trust(2, 3).dependence()).isEmpty();
        record.withdraw(Set.of(1));
        assertThat(record.trust(1, 2).dependence()).isEqualTo(Optional.empty());
    }

    /** Right .8; right ones are labelled with .3, wrong ones with .9, and one in ten is asked for. */
    private static void outcomeDependent(LabelRecord record, RandomGenerator random, int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            long at = START + minute * MINUTE;
            for (int i = 0; i < 50; i++) {
                boolean right = random.nextDouble() < .8;
                boolean asked = random.nextInt(10) == 0;
                if (asked) {
                    record.asked(Ids.PROCESS, 1, at);
                }
                if (asked || random.nextDouble() < (right ? .3 : .9)) {
                    record.labelled(new Labelled(Ids.PROCESS, 1, at, at + SECOND, right ? 1 : 0, asked));
                }
            }
            record.predicted(Ids.of(1, at, 50), at + 2);
        }
    }

    @Test
    void armsWhoseLabelsComeToUnequalPartsAreFound() {
        assertThat(trustAfter(.5, .5).promotes(false)).isTrue();
        LabelTrust trust = trustAfter(.5, .4);
        assertThat(trust.promotes(false)).isFalse();
        assertThat(trust.dependence().orElseThrow()).contains("versions 2 and 1");
    }

    private static LabelTrust trustAfter(double control, double fresh) {
        LabelRecord record = new LabelRecord(Ids.AT_ONCE);
        RandomGenerator random = Simulation.random(5);
        for (int minute = 0; minute < 60; minute++) {
            long at = START + minute * MINUTE;
            record.predicted(Ids.of(1, at, 100), at + SECOND);
            record.predicted(Ids.of(2, at, 100), at + SECOND);
            for (int i = 0; i < 200; i++) {
                int version = 1 + i % 2;
                if (random.nextDouble() < (version == 1 ? control : fresh)) {
                    record.labelled(Ids.label(version, at, at + SECOND, 1));
                }
            }
        }
        return record.trust(2, 1);
    }

    @Test
    void goesOnFromASnapshotAsIfNothingHadHappened() {
        LabelRecord record = new LabelRecord(Ids.times(MINUTE));
        outcomeDependent(record, Simulation.random(6), 30);
        record.predicted(Ids.of(2, START + 30 * MINUTE, 9), START + 30 * MINUTE + 12 * SECOND);
        LabelRecord restored = LabelRecord.restored(Ids.times(MINUTE), record.snapshot());
        assertThat(restored.snapshot()).isEqualTo(record.snapshot());
        outcomeDependent(record, Simulation.random(7), 50);
        outcomeDependent(restored, Simulation.random(7), 50);
        assertThat(restored.snapshot()).isEqualTo(record.snapshot());
        assertThat(restored.figures(1, START + 99 * MINUTE)).isEqualTo(record.figures(1, START + 99 * MINUTE));
    }

    @Test
    void refusesWhatIsNoCount() {
        assertThatIllegalArgumentException().isThrownBy(() -> Ids.of(1, START, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Ids.label(1, START, START, 1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> Ids.times(-1));
        assertThat(Ids.label(1, START, START - 5, 1).lagMillis()).isZero();
    }
}
