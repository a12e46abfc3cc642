package io.abgate.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class KeptRowsTest {
    private static final int DRAWS = 200_000;

    private final RandomGenerator lot =
            RandomGeneratorFactory.of("L64X128MixRandom").create(1);

    @Test
    void asksForNoneWhereNoneIsWanted() {
        KeptRows kept = KeptRows.drawn(5, 2, 0, lot);
        assertThat(kept.asksForAny()).isFalse();
        assertThat(kept.count()).isEqualTo(2);
        assertThat(kept.rows()).containsExactly(0, 1);
        assertThat(kept.keeps(1)).isTrue();
        assertThat(kept.keeps(2)).isFalse();
        assertThat(kept.askedText()).isEmpty();
    }

    @Test
    void asksForEachWhereEachIsWanted() {
        KeptRows kept = KeptRows.drawn(3, 0, 1, lot);
        assertThat(kept.askedText()).isEqualTo("0,1,2");
        assertThat(kept.count()).isEqualTo(3);
        assertThat(kept.rows()).containsExactly(0, 1, 2);
    }

    @Test
    void whatIsAskedForIsKeptBesideTheFirst() {
        for (int i = 0; i < 1_000; i++) {
            KeptRows kept = KeptRows.drawn(10, 4, 3, lot);
            assertThat(kept.rows())
                    .hasSize(kept.count())
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .contains(0, 1, 2, 3);
            for (int row = 0; row < 10; row++) {
                int wanted = row;
                assertThat(kept.keeps(row)).isEqualTo(Arrays.stream(kept.rows()).anyMatch(place -> place == wanted));
                assertThat(kept.isAsked(row) && !kept.keeps(row)).isFalse();
            }
        }
    }

    /** Within four standard errors. */
    @Test
    void oneInFiftyIsOneInFiftyAtEveryPlace() {
        int[] asked = new int[4];
        for (int i = 0; i < DRAWS; i++) {
            KeptRows kept = KeptRows.drawn(4, 0, 50, lot);
            for (int row = 0; row < 4; row++) {
                asked[row] += kept.isAsked(row) ? 1 : 0;
            }
        }
        for (int count : asked) {
            assertThat((double) count / DRAWS).isBetween(.02 - .00126, .02 + .00126);
        }
    }
}
