package io.abgate.gateway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithoutRegistryTest {
    @TempDir
    Path home;

    @BeforeEach
    void serveOnceWithARegistry() throws Exception {
        try (RunningNode node = SmallNode.start(home)) {
            SmallNode.awaitPrediction(node);
            assertThat(parameters(node).containsKey("route_stale")).isFalse();
        }
    }

    @Test
    void aNodeServesAgainFromItsCopies() throws Exception {
        try (RunningNode node = SmallNode.startWithoutRegistry(home)) {
            SmallNode.awaitPrediction(node);
            assertThat(parameters(node).getString("route")).isEqualTo("champion");
            assertThat(parameters(node).getBoolean("route_stale")).isTrue();
            assertThat(SmallNode.get(node.dataUrl() + "/v2/health/ready")).isEqualTo("{\"ready\":true}");
            assertThat(SmallNode.get(node.adminUrl() + "/metrics")).contains("abgate_route_age_seconds{model=");
        }
    }

    @Test
    void aNodeWithItsRegistryConfirmsTheCopyBeforeItsDoorOpens() throws Exception {
        try (RunningNode node = SmallNode.start(home)) {
            SmallNode.awaitPrediction(node);
            assertThat(parameters(node).containsKey("route_stale")).isFalse();
        }
    }

    @Test
    void noRoleStartsWithoutTheKeysOfItsRegistry() throws Exception {
        Files.delete(home.resolve("token.keys"));
        assertThatThrownBy(() -> SmallNode.startWithoutRegistry(home))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("token.keys: no readable file");
    }

    private static JsonObject parameters(RunningNode node) throws Exception {
        return new JsonObject(SmallNode.predict(node)).getJsonObject("parameters");
    }
}
