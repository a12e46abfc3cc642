package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.abgate.registry.simulation.Simulation;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifeLedgerTest {
    @ParameterizedTest
    @CsvSource({"10, 0.9087462886", "100, 13.6820774119", "1000, 4244.2107783660"})
    void agreesWithTheReference(int units, double wealth) {
        LifeLedger life = new LifeLedger(.05);
        life.stake(.6);
        ModelXInferiority process = new ModelXInferiority();
        for (int t = 1; t <= units; t++) {
            life.multiply(
                    process.factor(GoldenStream.toNew(t), GoldenStream.PROPENSITY, GoldenStream.score(t, 80, 90)));
        }
        assertThat(life.g()).isCloseTo(wealth, withinPercentage(1e-7));
        assertThat(life.u()).isEqualTo(.4);
        assertThat(life.isSpent()).isEqualTo(units == 1000);
    }

    @Test
    void startsWithNothingAtPlay() {
        LifeLedger life = new LifeLedger(.05);
        life.multiply(1000);
        assertThat(life.g()).isZero();
        assertThat(life.u()).isOne();
        assertThat(life.isSpent()).isFalse();
    }

    @Test
    void staysSpentWhenTheWealthFallsAgain() {
        LifeLedger life = LifeLedger.allStaked(.05);
        assertThat(life.threshold()).isEqualTo(20);
        life.multiply(19.9);
        assertThat(life.isSpent()).isFalse();
        life.multiply(20 / 19.9);
        life.multiply(.01);
        assertThat(life.g()).isLessThan(1);
        assertThat(life.isSpent()).isTrue();
    }

    @Test
    void carriesWhatIsLeftIntoTheNextPhase() {
        LifeLedger life = new LifeLedger(.05);
        life.stake(.2);
        life.multiply(.5);
        life.stake(.3);
        assertThat(life.g()).isEqualTo(.4);
        assertThat(life.u()).isEqualTo(.5);
    }

    @Test
    void neverStakesMoreThanItHas() {
        LifeLedger life = LifeLedger.allStaked(.05);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> life.stake(.1))
                .withMessage("stake: 0.1 (expected: 0 to 0.0)");
    }

    @Test
    void takesTheStakesOfAWholeScheduleDespiteRounding() {
        LifeLedger life = new LifeLedger(.05);
        for (int i = 0; i < 10; i++) {
            life.stake(.1);
        }
        assertThat(life.u()).isBetween(0.0, 1e-15);
    }

    @Test
    void staysFiniteUnderEndlessEvidence() {
        LifeLedger life = LifeLedger.allStaked(.05);
        for (int i = 0; i < 100; i++) {
            life.multiply(1e100);
        }
        assertThat(life.g()).isFinite();
    }

    @Test
    void forgetsWhatItGainedAndRefillsNothing() {
        LifeLedger life = new LifeLedger(.05);
        life.stake(.6);
        life.multiply(30);
        life.multiply(.5);
        assertThat(life.g()).isCloseTo(9, withinPercentage(1e-9));
        assertThat(life.peak()).isCloseTo(18, withinPercentage(1e-9));
        life.forgetGains();
        assertThat(life.g()).isEqualTo(.6);
        assertThat(life.peak()).isEqualTo(.6);
        assertThat(life.u()).isEqualTo(.4);
        assertThat(life.isSpent()).isFalse();
    }

    @Test
    void remembersLossesButNotThatForgottenGainsHadSpentIt() {
        LifeLedger life = LifeLedger.allStaked(.05);
        life.multiply(25);
        life.multiply(.02);
        assertThat(life.isSpent()).isTrue();
        life.forgetGains();
        assertThat(life.g()).isEqualTo(.5);
        assertThat(life.isSpent()).isFalse();
    }

    /** Withdrawing after every label that gained is the worst that anyone can choose. */
    @Test
    void reachesTheThresholdNoOftenerHoweverItsGainsAreForgotten() {
        RandomGenerator random = Simulation.random(11);
        int spent = 0;
        int forgetful = 0;
        for (int run = 0; run < 4_000; run++) {
            LifeLedger kept = LifeLedger.allStaked(.05);
            LifeLedger forgetting = LifeLedger.allStaked(.05);
            for (int t = 0; t < 200; t++) {
                double factor = random.nextBoolean() ? 1.3 : .7;
                kept.multiply(factor);
                forgetting.multiply(factor);
                if (random.nextInt(10) == 0 && forgetting.g() > 1) {
                    forgetting.forgetGains();
                }
                assertThat(forgetting.g()).isLessThanOrEqualTo(kept.g());
            }
            spent += kept.isSpent() ? 1 : 0;
            forgetful += forgetting.isSpent() ? 1 : 0;
        }
        assertThat(spent).isBetween(1, 200);
        assertThat(forgetful).isLessThan(spent);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoFactor(double factor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LifeLedger.allStaked(.05).multiply(factor))
                .withMessageStartingWith("factor: ");
    }
}
