package io.abgate.registry.policy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WaitingRowsTest {
    private static final int MOST = 1_000;

    private final WaitingRows waiting = new WaitingRows(MOST);

    @Test
    void takesAllAsLongAsTheyAreNotTooMany() {
        rows(0, MOST).forEach(waiting::add);
        assertThat(waiting.size()).isEqualTo(MOST);
        assertThat(waiting.dropped()).isZero();
    }

    @Test
    void takesAPartOfTheOthersAndCountsTheRest() {
        rows(0, 10 * MOST).forEach(waiting::add);
        assertThat(waiting.size()).isBetween(MOST / 2, MOST);
        assertThat(waiting.dropped()).isEqualTo(10 * MOST - waiting.size());
    }

    @Test
    void takesTheSamePartInWhateverOrderLabelsCome() {
        List<LabelledRow> rows = rows(0, 10 * MOST);
        rows.forEach(waiting::add);
        Collections.shuffle(rows, new Random(1));
        WaitingRows shuffled = new WaitingRows(MOST);
        rows.forEach(shuffled::add);
        assertThat(shuffled.sorted()).isEqualTo(waiting.sorted());
        assertThat(waiting.sorted().stream().filter(row -> row.score() == 1).count())
                .as("right ones, every other one of all")
                .isBetween(waiting.size() * 4L / 10, waiting.size() * 6L / 10);
    }

    @Test
    void takesAllAgainWhenFewWait() {
        rows(0, 10 * MOST).forEach(waiting::add);
        while (waiting.next(Long.MAX_VALUE).isPresent()) {
            assertThat(waiting.size()).isLessThan(MOST);
        }
        long dropped = waiting.dropped();
        rows(10 * MOST, MOST).forEach(waiting::add);
        assertThat(waiting.size()).isEqualTo(MOST);
        assertThat(waiting.dropped()).isEqualTo(dropped);
    }

    @Test
    void goesOnFromWhatWasPutDown() {
        rows(0, 10 * MOST).forEach(waiting::add);
        WaitingRows same = WaitingRows.restored(MOST, waiting.sorted(), waiting.halvings(), waiting.dropped());
        for (LabelledRow row : rows(10 * MOST, 500)) {
            waiting.add(row);
            same.add(row);
            assertThat(same.next(row.timeMillis())).isEqualTo(waiting.next(row.timeMillis()));
        }
        assertThat(same.sorted()).isEqualTo(waiting.sorted());
        assertThat(same.dropped()).isEqualTo(waiting.dropped());
    }

    private static List<LabelledRow> rows(int first, int count) {
        List<LabelledRow> rows = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            rows.add(LabelledRow.live(i, i, 31L * i, 1, .5, .5, i % 2, false));
        }
        return rows;
    }
}
