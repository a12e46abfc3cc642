package io.abgate.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {
    private static final double NEARLY_ONE = Math.nextDown(1.0);

    @ParameterizedTest
    @CsvSource({
        "1000, 1, 500, 1000",
        "1000, 2, 1000, 2000",
        "1000, 9, 128000, 256000",
        "1000, 10, 150000, 300000",
        "1000, 100, 150000, 300000",
        "60000, 2147483647, 150000, 300000",
        "1, 1, 1, 1"
    })
    void doublesUpToFiveMinutesAndLeavesHalfToChance(long first, int failures, long least, long most) {
        assertThat(Backoff.delayMillis(first, failures, 0)).isEqualTo(least);
        assertThat(Backoff.delayMillis(first, failures, NEARLY_ONE)).isBetween(Math.max(1, most - 1), most);
    }
}
