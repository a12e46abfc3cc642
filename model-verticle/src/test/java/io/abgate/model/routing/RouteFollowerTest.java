package io.abgate.model.routing;

import static io.abgate.model.routing.Sealing.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.model.routing.RouteCopy.Content;
import io.abgate.model.routing.RouteCopy.Saved;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Codecs;
import io.abgate.registry.contract.StoreBinding;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class RouteFollowerTest {
    @TempDir
    Path home;

    private final StoreBinding binding = new StoreBinding();
    private final RouteBook book = new RouteBook(Sealing.KEYS, binding);
    private Vertx vertx;
    private RouteCopy copy;

    @BeforeEach
    void open(Vertx given) {
        vertx = given;
        copy = new RouteCopy(home, Sealing.KEYS);
        Codecs.register(vertx.eventBus());
    }

    @Test
    void startsFromACopyWithoutARegistry() throws IOException {
        copy.save(new Content("store", 0, List.of(new Saved(table("mail", 6), 0))));
        follow();
        assertThat(book.find("mail").orElseThrow().stale()).isTrue();
        assertThat(binding.storeId()).contains("store");
    }

    @Test
    void aRegistryThatAnswersConfirmsTheCopyBeforeTheStartIsDone() throws IOException {
        copy.save(new Content("store", 0, List.of(new Saved(table("mail", 6), 0))));
        vertx.eventBus().consumer(Addresses.ROUTES, message -> message.reply(Sealing.of("store", table("mail", 6))));
        follow();
        assertThat(book.find("mail").orElseThrow().stale()).isFalse();
    }

    @Test
    void aCopyOfAnotherStoreIsNotUsed() throws IOException {
        copy.save(new Content("other", 0, List.of(new Saved(table("mail", 6), 0))));
        binding.bind("store");
        follow();
        assertThat(book.tables()).isEmpty();
    }

    @Test
    void everyChangeComesIntoTheCopy() {
        follow();
        for (int epoch = 1; epoch <= 50; epoch++) {
            vertx.eventBus().publish(Addresses.ROUTES_CHANGED, Sealing.of("store", table("mail", epoch)));
        }
        await().until(() -> copied().equals(List.of(table("mail", 50))));
        assertThat(home.toFile().list()).containsExactly(RouteCopy.FILE);
    }

    @Test
    void aNewerTableThatAnotherProcessPutIntoTheCopyStays() throws IOException {
        follow();
        copy.save(new Content("store", 0, List.of(new Saved(table("mail", 50), 0))));
        vertx.eventBus().publish(Addresses.ROUTES_CHANGED, Sealing.of("store", table("mail", 40), table("post", 41)));
        await().until(() -> copied().contains(table("post", 41)));
        assertThat(copied().contains(table("mail", 50))).isTrue();
    }

    @Test
    void forgedTablesOnTheBusAreIgnored() {
        follow();
        vertx.eventBus()
                .publish(
                        Addresses.ROUTES_CHANGED,
                        Sealing.of("store", table("mail", 9)).sealed("1:00"));
        vertx.eventBus().publish(Addresses.ROUTES_CHANGED, Sealing.of("store", table("mail", 6)));
        await().until(() -> book.find("mail").isPresent());
        assertThat(book.find("mail").orElseThrow().table().epoch()).isEqualTo(6);
        assertThat(book.refused()).isEqualTo(1);
    }

    private List<?> copied() {
        return copy.load().map(Content::tables).orElse(List.of()).stream()
                .map(Saved::table)
                .toList();
    }

    private void follow() {
        vertx.deployVerticle(new RouteFollower("here", book, copy, InstantSource.system()))
                .await();
    }
}
