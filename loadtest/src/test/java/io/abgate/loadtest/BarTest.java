package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.loadtest.traffic.Status;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarTest {
    private static final long SECOND = 1_000_000_000L;

    private final StringWriter shown = new StringWriter();

    @Test
    void saysHowFarTheRunIsAndHowItGoes() {
        Status status = new Status(15 * SECOND, 30 * SECOND, false, 12_345, 2, 3, 4, 1.234, 56.789);
        assertThat(Bar.text(status))
                .isEqualTo("[###############...............] 15/30 s measuring   12,345 sent, 4 in flight, 2 failed,"
                        + " 3 missed, p50 1.23 ms, p99 56.79 ms");
    }

    @Test
    void showsADashWhereNothingWasAnswered() {
        Status status = new Status(0, 30 * SECOND, true, 0, 0, 0, 0, Double.NaN, Double.NaN);
        assertThat(Bar.text(status)).contains(" 0/30 s warming up").endsWith("p50 –, p99 –");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.9, 0", "1, 1", "29.9, 29", "30, 30", "31, 30"})
    void isAsFullAsTheTimeThatHasPassed(double seconds, int full) {
        assertThat(Bar.text(at(seconds, 1))).startsWith("[" + "#".repeat(full) + ".".repeat(30 - full) + "] ");
    }

    @Test
    void coversALongerLineOnATerminalAndWipesItselfAway() {
        Bar bar = new Bar(new PrintWriter(shown), true);
        bar.show(at(1, 1_000_000));
        int longest = shown.toString().length() - 1;
        bar.show(at(2, 1));
        bar.end();
        String[] lines = shown.toString().split("\r", -1);
        assertThat(lines).hasSize(5);
        assertThat(lines[2]).hasSize(longest).contains(" 2/30 s ").endsWith("      ");
        assertThat(lines[3]).isEqualTo(" ".repeat(longest));
        assertThat(lines[4]).isEmpty();
    }

    @Test
    void writesALineEveryFiveSecondsToAFile() {
        Bar bar = new Bar(new PrintWriter(shown), false);
        for (int tenths = 1; tenths <= 120; tenths++) {
            bar.show(at(tenths / 10.0, tenths));
        }
        bar.end();
        assertThat(shown.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("["));
        assertThat(shown.toString()).contains(" 5/30 s ", " 10/30 s ").doesNotContain("\r");
    }

    private static Status at(double seconds, long sent) {
        return new Status((long) (seconds * SECOND), 30 * SECOND, false, sent, 0, 0, 0, 1, 2);
    }
}
