package io.abgate.model.dense;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexSetTest {
    private static List<Integer> drained(IndexSet set) {
        List<Integer> drained = new ArrayList<>();
        set.drain(drained::add);
        return drained;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65, 4096, 4097, 10_000_000})
    void givesWhatIsInItOnceInAscendingOrder(int bound) {
        int[] indexes = new Random(bound).ints(500, 0, bound).toArray();
        TreeSet<Integer> expected = new TreeSet<>(IntStream.of(indexes).boxed().toList());
        expected.add(bound - 1);
        IndexSet set = new IndexSet();

        IntStream.of(indexes).forEach(set::add);
        set.add(bound - 1);

        assertThat(drained(set)).containsExactlyElementsOf(expected);
    }

    @Test
    void isEmptyAfterItWasDrained() {
        IndexSet set = new IndexSet();
        set.add(70);
        set.add(5000);

        assertThat(drained(set)).containsExactly(70, 5000);
        assertThat(drained(set)).isEmpty();

        set.add(71);
        assertThat(drained(set)).containsExactly(71);
    }
}
