package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.contract.Operation.Kind;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.contract.SampleBatch.Sample;
import io.abgate.registry.contract.SampleBatch.ShadowAnswer;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.Mail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is forgotten, and when. */
final class RegistryRetentionTest {
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

    private PredictionId sample(List<ShadowAnswer> shadows) {
        PredictionId id = town.request(1);
        Sample sample = new Sample(id.timeMillis(), id.nonce(), "\"text\"", shadows);
        town.vertx.eventBus().send(Addresses.SAMPLES, new SampleBatch(Town.MAIL, List.of(sample)));
        return id;
    }

    private boolean isStored(PredictionId id) {
        return town.store().sample(Town.MAIL, id.timeMillis(), id.nonce()).isPresent();
    }

    @Test
    void removesInputsForWhichNoLabelCanComeAndNoOthers() {
        PredictionId old = sample(List.of());
        PredictionId labelled = sample(List.of());
        PredictionId shadowed = sample(List.of(new ShadowAnswer(2, 0, .5f)));
        town.bus.labels(Town.MAIL, List.of(Town.label(labelled, true)));
        town.clock.turn(Duration.ofDays(30).minusHours(2));
        PredictionId young = sample(List.of());
        town.model();
        assertThat(isStored(old)).isTrue();
        town.clock.turn(Duration.ofHours(3));
        await().until(() -> !isStored(old));
        assertThat(List.of(labelled, shadowed, young)).allMatch(this::isStored);
        assertThat(town.model().getJsonObject("samples").getLong("stored")).isEqualTo(4); // ever
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
    }

    @Test
    void forgetsAnswersAfterADay() {
        Operation operation = Bus.keyed(Bus.operation(Kind.PAUSE, Town.MAIL, 0, "{}", null), "key-1");
        town.bus.ask(operation);
        town.clock.turn(Duration.ofHours(23));
        town.restart();
        assertThat(town.store().answered("key-1")).isPresent();
        town.clock.turn(Duration.ofHours(2));
        await().until(() -> town.store().answered("key-1").isEmpty());
    }
}
