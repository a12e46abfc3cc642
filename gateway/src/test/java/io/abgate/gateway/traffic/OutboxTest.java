package io.abgate.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.traffic.ModelTraffic.Counted;
import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.domain.TrafficCount;
import io.abgate.registry.domain.TrafficStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final TrafficStream STREAM = new TrafficStream("here", 9);

    private final Outbox outbox = new Outbox(STREAM);

    private void counted(TrafficCount... counts) {
        outbox.add(new Counted(List.of(counts), 0, 0));
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
                        STREAM, 1, 0, 0, List.of(one(4, 2), one(5, 1), new TrafficCount(5, 2, 2, 4, 2, 0, 0))));
        counted(one(5, 2));
        assertThat(outbox.next()).contains(first);
        outbox.known(0);
        assertThat(outbox.next()).contains(first);
        outbox.known(1);
        assertThat(outbox.next()).contains(new TrafficBatch(STREAM, 2, 0, 0, List.of(one(5, 2))));
        outbox.known(2);
        assertThat(outbox.next()).isEmpty();
    }

    @Test
    void tellsWhatCouldNotBeCountedToo() {
        outbox.add(new Counted(List.of(), 3, 4));
        outbox.add(new Counted(List.of(), 1, 0));
        assertThat(outbox.next()).contains(new TrafficBatch(STREAM, 1, 4, 4, List.of()));
        outbox.known(1);
        assertThat(outbox.next()).isEmpty();
    }
}
