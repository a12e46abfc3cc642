package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.abgate.registry.domain.PredictionId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits for its other half is bounded, and not so that late labels make fewer pairs. */
final class PairingTest {
    private static final int REQUESTS = 120_000;
    private static final long MATURITY_MILLIS = 200_000;

    @Test
    void leavesOutAPartOfAllRequestsWhereLabelsCountByAge() {
        Pairing pairing = answered(MATURITY_MILLIS);
        int oldest = labelled(pairing, 0, REQUESTS / 2);
        int newest = labelled(pairing, REQUESTS / 2, REQUESTS);
        assertThat(oldest + newest).as("no more than may wait").isLessThan(50_000);
        assertThat((double) oldest / newest).as("as many early as late ones").isCloseTo(1, within(.05));
    }

    @Test
    void leavesOutTheOldestWhereLabelsCountAsTheyCome() {
        Pairing pairing = answered(0);
        assertThat(labelled(pairing, 0, REQUESTS / 2)).isZero();
        assertThat(labelled(pairing, REQUESTS / 2, REQUESTS)).isEqualTo(50_000);
    }

    @Test
    void forgetsWhatIsTooOldToCount() {
        Pairing pairing = Pairing.ofLive(2, 1, Mail.LABELS, MATURITY_MILLIS);
        pairing.answer(0, 1, 1, 0);
        pairing.outcome(History.told(request(1, 2), true), 0, true);
        pairing.answer(MATURITY_MILLIS, 3, 1, 0);
        assertThat(pairing.snapshot().answers()).hasSize(2);
        pairing.answer(MATURITY_MILLIS + 60_002, 4, 1, 0);
        assertThat(pairing.snapshot().answers())
                .extracting(ModelSnapshot.Answer::nonce)
                .isEqualTo(List.of(3L, 4L));
        assertThat(pairing.snapshot().outcomes()).isEmpty();
    }

    private static Pairing answered(long maturityMillis) {
        Pairing pairing = Pairing.ofLive(2, 1, Mail.LABELS, maturityMillis);
        for (int i = 0; i < REQUESTS; i++) {
            pairing.answer(i, i, 1, 0);
        }
        return pairing;
    }

    /** Gives how many pairs their labels made. */
    private static int labelled(Pairing pairing, int from, int to) {
        int pairs = 0;
        for (int i = from; i < to; i++) {
            pairs += pairing.outcome(History.told(request(i, i), true), 0, true).isPresent() ? 1 : 0;
        }
        return pairs;
    }

    private static PredictionId request(long timeMillis, long nonce) {
        return new PredictionId(1, PredictionId.SAMPLED, 1, 2, 2, 0, .9f, 0, nonce, timeMillis, nonce);
    }
}
