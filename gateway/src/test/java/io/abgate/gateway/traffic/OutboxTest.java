package io.abgate.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.traffic.ModelTraffic.Counted;
import io.abgate.registry.domain.IssuedIds;
import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.domain.TrafficCount;
import io.abgate.registry.domain.TrafficStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final TrafficStream STREAM = new TrafficStream("here", 9);

    private static final long PROCESS = 3;
    private static final IssuedIds NO_IDS = new IssuedIds(PROCESS, 0, List.of());

    private final Outbox outbox = new Outbox(STREAM, PROCESS);

    private void counted(TrafficCount... counts) {
        outbox.add(List.of(new Counted(List.of(counts), 0, 0, List.of())), 0);
    }

    private static TrafficCount one(long epoch, int version) {
        return new TrafficCount(epoch, version, 1, 2, 1, 0, 0);
    }

    @Test
    void tellsTheSameBatchUntilItIsKnown() {
        assertThat(outbox.next()).isEmpty();
        counted(one(5, 2), one(5, 1), one(4, 2), one(5, 2), new TrafficCount(6, 1, 0, 0, 0, 0, 0));
        TrafficBatch first = outbox.next().orElseThrow();
        assertThat(first)
                .isEqualTo(new TrafficBatch(
                        STREAM, 1, 0, 0, List.of(one(4, 2), one(5, 1), new TrafficCount(5, 2, 2, 4, 2, 0, 0)), NO_IDS));
        counted(one(5, 2));
        assertThat(outbox.next()).contains(first);
        outbox.known(0);
        assertThat(outbox.next()).contains(first);
        outbox.known(1);
        assertThat(outbox.next()).contains(new TrafficBatch(STREAM, 2, 0, 0, List.of(one(5, 2)), NO_IDS));
        outbox.known(2);
        assertThat(outbox.next()).isEmpty();
    }

    @Test
    void tellsWhatCouldNotBeCountedToo() {
        outbox.add(List.of(new Counted(List.of(), 3, 4, List.of()), new Counted(List.of(), 1, 0, List.of())), 0);
        assertThat(outbox.next()).contains(new TrafficBatch(STREAM, 1, 4, 4, List.of(), NO_IDS));
        outbox.known(1);
        assertThat(outbox.next()).isEmpty();
    }

    @Test
    void tellsTheIdsOfAllContextsTogetherAndUpToWhen() {
        outbox.add(List.of(ids(rows(20_000, 2, 4), rows(10_000, 1, 1)), ids(rows(10_000, 1, 2))), 30_000);
        IssuedIds first = new IssuedIds(PROCESS, 30_000, List.of(rows(10_000, 1, 3), rows(20_000, 2, 4)));
        assertThat(outbox.next().orElseThrow().ids()).isEqualTo(first);
        outbox.add(List.of(ids(rows(30_000, 1, 5)), ids()), 40_000);
        assertThat(outbox.next().orElseThrow().ids()).isEqualTo(first);
        outbox.known(1);
        assertThat(outbox.next().orElseThrow().ids())
                .isEqualTo(new IssuedIds(PROCESS, 40_000, List.of(rows(30_000, 1, 5))));
    }

    private static Counted ids(IssuedIds.Rows... rows) {
        return new Counted(List.of(), 0, 0, List.of(rows));
    }

    private static IssuedIds.Rows rows(long fromMillis, int version, long rows) {
        return new IssuedIds.Rows(fromMillis, version, rows);
    }
}
