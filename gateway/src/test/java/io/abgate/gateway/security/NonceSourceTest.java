package io.abgate.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.PredictionId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NonceSourceTest {
    @Test
    void givesNoNonceTwice() {
        NonceSource nonces = new NonceSource(-1);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            long nonce = nonces.next();
            assertThat(PredictionId.process(nonce)).isEqualTo(nonces.process()).isEqualTo(0xFFFF_FFFFL);
            seen.add(nonce);
        }
        assertThat(seen).hasSize(10_000);
    }
}
