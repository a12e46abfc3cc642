package io.abgate.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.IssuedIds;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdCountsTest {
    private static final long GRID = IssuedIds.GRID_MILLIS;

    private final IdCounts ids = new IdCounts();

    private static IssuedIds.Rows rows(long place, int version, long rows) {
        return new IssuedIds.Rows(place * GRID, version, rows);
    }

    @Test
    void countsRowsByTheirPlaceOnTheGridAndTellsAPlaceOnceItIsOver() {
        ids.add(1, 2, GRID);
        ids.add(2, 1, 2 * GRID - 1);
        ids.add(1, 3, 2 * GRID - 1);
        ids.add(1, 4, 2 * GRID);
        assertThat(ids.collect(GRID)).isEmpty();
        assertThat(ids.collect(2 * GRID)).containsExactly(rows(1, 1, 5), rows(1, 2, 1));
        assertThat(ids.collect(2 * GRID)).isEmpty();
        assertThat(ids.collect(3 * GRID)).isEqualTo(List.of(rows(2, 1, 4)));
    }

    @Test
    void losesNothingWhenTheClockIsSetBack() {
        ids.add(1, 1, 9 * GRID);
        ids.add(1, 1, 3 * GRID);
        ids.add(1, 1, 9 * GRID + 1);
        assertThat(ids.collect(4 * GRID)).containsExactly(rows(3, 1, 1));
        ids.add(1, 1, 3 * GRID);
        assertThat(ids.collect(10 * GRID)).containsExactlyInAnyOrder(rows(3, 1, 1), rows(9, 1, 2));
    }
}
