package io.abgate.loadtest.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {
    @ParameterizedTest
    @CsvSource({
        "p99<20ms, 19.99, 20",
        "p99.9<=1s, 1000, 1000.1",
        "max < 500us, 0.49, 0.5",
        "errors<=0.1%, 0.001, 0.0011",
        "accuracy>=0.95, 0.95, 0.9499",
        "4:accuracy>95%, 0.951, 0.95",
        "rate>490/s, 491, 490",
        "mean<2ms, 1.9, 2"
    })
    void holdsUpToItsBound(String text, double kept, double missed) {
        Threshold threshold = Threshold.parse(text);
        assertThat(threshold.isKeptBy(kept)).isTrue();
        assertThat(threshold.isKeptBy(missed)).isFalse();
        assertThat(threshold.isKeptBy(Double.NaN)).isFalse();
    }

    @Test
    void holdsAtEveryPercentageExactly() {
        for (int percent = 0; percent <= 100; percent++) {
            assertThat(Threshold.parse("accuracy>=" + percent + "%").isKeptBy(percent / 100.0))
                    .as("%s of 100", percent)
                    .isTrue();
            assertThat(Threshold.parse("errors<=" + percent + "%").isKeptBy(percent / 100.0))
                    .as("%s of 100", percent)
                    .isTrue();
        }
        assertThat(Threshold.parse("p99.9<=2.3us").bound()).isEqualTo(0.0023);
    }

    @Test
    void knowsWhoseItIs() {
        assertThat(Threshold.parse("12:p50<1ms").version()).isEqualTo("12");
        assertThat(Threshold.parse("p50<1ms").version()).isEmpty();
        assertThat(Threshold.parse("p99.9<1ms").percentile()).isBetween(0.99899, 0.99901);
    }

    @ParameterizedTest
    @ValueSource(strings = {"p99<20", "p99=20ms", "p100<1ms", "errors<3ms", "rate>5%", "speed<1ms", "", "p99<-1ms"})
    void refusesWhatSaysNothing(String text) {
        assertThatThrownBy(() -> Threshold.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(expected: such as 'p99<20ms'");
    }
}
