package io.abgate.registry.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McNemarTest {
    /** Computed by an independent implementation in another language. */
    @ParameterizedTest
    @CsvSource({
        "20, 5, 3.1900859565, 3.8819854000",
        "10, 10, -1.3083701411, -1.3083701411",
        "30, 10, 3.4543243628, 4.1467460348",
        "0, 8, 3.3479528671, -2.1972245773"
    })
    void agreesWithTheReference(int candidateWon, int championWon, double logE, double candidateBetter) {
        McNemar test = McNemar.restored(candidateWon, championWon);
        assertThat(test.logE()).isCloseTo(logE, within(1e-9));
        assertThat(test.logCandidateBetter()).isCloseTo(candidateBetter, within(1e-9));
        assertThat(McNemar.restored(championWon, candidateWon).logChampionBetter())
                .isCloseTo(candidateBetter, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "7, 40", "500, 450", "1000, 10"})
    void agreesWithALibraryOnTheOneSidedMixture(int won, int lost) {
        McNemar test = McNemar.restored(won, lost);
        double above = RegularizedBeta.complement(.5, 1 + won, 1 + lost);
        assertThat(test.logCandidateBetter())
                .isCloseTo(test.logE() + Math.log(2 * above), within(1e-9 * Math.max(1, Math.abs(test.logE()))));
    }

    @Test
    void isTheProductOfItsFactors() {
        McNemar test = new McNemar();
        EProcess process = new EProcess();
        for (int t = 1; t <= 500; t++) {
            process.multiply(test.factor(t % 3 == 0));
            assertThat(process.logE()).isCloseTo(test.logE(), within(1e-10));
        }
        assertThat(test.candidateWon()).isEqualTo(166);
        assertThat(test.championWon()).isEqualTo(334);
    }

    @Test
    void refusesImpossibleCounts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> McNemar.restored(-1, 2))
                .withMessage("candidateWon: -1 (expected: a number from 0)");
    }
}
