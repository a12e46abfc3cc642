package io.abgate.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.gateway.health.ClusterHealth.Gathered;
import io.abgate.registry.contract.StoreBinding;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ClusterHealthTest {
    private static final long SECONDS = 10;

    private final CompletableFuture<Void> loosened = new CompletableFuture<>();
    private Vertx elsewhere;
    private Context loop;

    /** An event loop that nothing else of a test runs on, so that it can be blocked. */
    @BeforeEach
    void open() {
        elsewhere = Vertx.vertx();
        loop = elsewhere.getOrCreateContext();
    }

    @AfterEach
    void close() {
        loosened.complete(null);
        elsewhere.close().await();
    }

    private static Gathered ask(ClusterHealth cluster) throws TimeoutException {
        return cluster.ask(List.of("mail")).await(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void aStuckEventLoopOfThisProcessIsSilentAndHoldsUpNobody(Vertx vertx) throws TimeoutException {
        NodeHealth own = new NodeHealth();
        own.join(loop, Map.of("mail", new ModelAttempts()));
        ClusterHealth cluster = new ClusterHealth(vertx, new StoreBinding(), "here", own);
        assertThat(ask(cluster).nodes()).isEqualTo(Map.of("here", true));

        loop.runOnContext(here -> loosened.join());
        Gathered without = ask(cluster);
        assertThat(without.nodes()).isEqualTo(Map.of("here", false));
        assertThat(without.isComplete()).isFalse();
        assertThat(without.of("mail").versions()).isEmpty();

        loosened.complete(null);
        await().until(() -> ask(cluster).isComplete());
    }
}
