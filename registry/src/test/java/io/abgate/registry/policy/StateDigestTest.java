package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.registry.domain.Stage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StateDigestTest {
    private record Figure(double value) {}

    private record Words(List<String> words) {}

    private record Pairs(Map<String, Object> pairs) {}

    private record Other(Object value) {}

    @Test
    void knowsEveryBitOfANumber() {
        assertThat(of(.1)).isEqualTo(of(.1)).isNotEqualTo(of(Math.nextUp(.1)));
        assertThat(of(0.0)).isNotEqualTo(of(-0.0));
        assertThat(of(Double.NaN)).isEqualTo(of(Double.longBitsToDouble(0x7ff8000000000001L)));
        assertThat(of(Double.POSITIVE_INFINITY)).isNotEqualTo(of(Double.MAX_VALUE));
    }

    private static String of(double value) {
        return StateDigest.of(new Figure(value));
    }

    @Test
    void knowsWhereOneTextEndsAndTheNextBegins() {
        assertThat(StateDigest.of(new Words(List.of("ab", "c"))))
                .isNotEqualTo(StateDigest.of(new Words(List.of("a", "bc"))))
                .isNotEqualTo(StateDigest.of(new Words(List.of("abc"))))
                .isNotEqualTo(StateDigest.of(new Words(Arrays.asList("ab", "c", null))));
    }

    @Test
    void doesNotDependOnTheOrderOfAMap() {
        Map<String, Object> oneWay = new LinkedHashMap<>();
        oneWay.put("a", 1);
        oneWay.put("b", Stage.CANARY);
        Map<String, Object> otherWay = new LinkedHashMap<>();
        otherWay.put("b", Stage.CANARY);
        otherWay.put("a", 1);
        assertThat(StateDigest.of(new Pairs(oneWay)))
                .isEqualTo(StateDigest.of(new Pairs(otherWay)))
                .isNotEqualTo(StateDigest.of(new Pairs(Map.of("a", true, "b", Stage.CANARY))));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        Other other = new Other(new Object());
        assertThatThrownBy(() -> StateDigest.of(other)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Computed from the documented bytes by another program. */
    @Test
    void digestsTheDocumentedBytes() {
        assertThat(of(.1)).isEqualTo("99dda2534c6b572d88ab288922626b1956b7171a80d01d1e2f9d5316b7c52f78");
    }
}
