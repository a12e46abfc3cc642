package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.Mail;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sets the wall clock. */
final class RegistryClockTest {
    @TempDir
    private Path home;

    private Town town;

    @BeforeEach
    void open() {
        town = new Town(home, Mail.SHIPPED.withoutDropRules().retrainingEvery(0))
                .open()
                .withChampion();
    }

    @AfterEach
    void close() {
        town.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void goesOnThroughAStepOfAnHour(long hours) {
        town.operate(Kind.RETRAIN, new JsonObject());
        town.order(2);
        JsonObject routing = town.model().getJsonObject("routing");
        PredictionId before = town.request(1);

        town.clock.step(Duration.ofHours(hours));
        town.report("node-2", 1, List.of());
        town.operate(Kind.PAUSE, new JsonObject());

        assertThat(town.version(1).getJsonArray("hostedOn")).containsExactly(Town.NODE);
        assertThat(town.model().getJsonObject("routing")).isEqualTo(routing);
        assertThat(town.worker.orders).hasSize(2);
        List<PredictionId> predictions = List.of(before, town.request(1));
        assertThat(town.bus
                        .labels(
                                Town.MAIL,
                                predictions.stream()
                                        .map(id -> Town.label(id, true))
                                        .toList())
                        .accepted())
                .isEqualTo(2);
        List<Long> order = town.operate(Kind.EVENTS, new JsonObject()).getJsonArray("events").stream()
                .map(event -> ((JsonObject) event).getLong("seq"))
                .toList();
        assertThat(order).isSorted().doesNotHaveDuplicates();
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void forgetsASilentNodeWhateverTheWallClockSays(long hours) {
        town.clock.turn(Duration.ofSeconds(4));
        town.clock.step(Duration.ofHours(hours));
        town.report("node-2", 1, List.of());
        assertThat(town.version(1).getJsonArray("hostedOn")).containsExactly(Town.NODE);
        town.clock.turn(Duration.ofSeconds(2));
        await().until(() -> town.version(1).getJsonArray("hostedOn").isEmpty());
    }
}
