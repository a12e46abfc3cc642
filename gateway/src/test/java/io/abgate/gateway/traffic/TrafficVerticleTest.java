package io.abgate.gateway.traffic;

import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.model.HostedModels;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.TrafficKnown;
import io.abgate.registry.contract.TrafficReport;
import io.abgate.registry.domain.IssuedIds;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.domain.TrafficCount;
import io.abgate.registry.domain.TrafficStream;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the data listener answers is what the registry is told. */
@ExtendWith(VertxExtension.class)
class TrafficVerticleTest {
    private static final RoutedVersion CHAMPION = version(1, Stage.CHAMPION, 0);
    private static final RoutedVersion CANARY = version(2, Stage.CANARY, .999_999);
    private static final RoutedVersion STANDBY = version(3, Stage.STANDBY, .000_001);
    private static final TrafficStream STREAM = new TrafficStream("here", 1);

    private final List<TrafficBatch> told = new CopyOnWriteArrayList<>();
    private final AtomicLong known = new AtomicLong();

    @Test
    void tellsWhatWasAnsweredAndByWhom(Vertx vertx) {
        DataListener listener = new DataListener(vertx, Models.mail())
                .route(Models.table(5, CHAMPION, CANARY, STANDBY))
                .host("mail", 1, FakeModel.always("sha1", 1));
        vertx.eventBus().<TrafficReport>consumer(Addresses.TRAFFIC, message -> {
            told.add(message.body().batch());
            message.reply(new TrafficKnown(known.get()));
        });
        vertx.deployVerticle(new TrafficVerticle(STREAM, listener.process, listener.traffic, listener.routes.binding()))
                .await();
        listener.infer("the canary is nowhere", "so both rows fall back");
        listener.host("mail", 2, FakeModel.always("sha2", 1));
        listener.infer("answered");
        for (int again = 0; again < 3; again++) {
            listener.post("/v2/models/mail/infer", DataListener.textBody("keyed"), "X-Routing-Key", "alice");
        }
        listener.post("/v2/models/mail/versions/2/infer", DataListener.textBody("pinned"));
        listener.post("/v2/models/mail/infer", "{}");
        await().atMost(Duration.ofSeconds(20)).until(() -> told.size() >= 2);
        assertThat(told.get(1)).as("not known yet, so told again").isEqualTo(told.get(0));
        known.set(Long.MAX_VALUE);
        await().atMost(Duration.ofSeconds(20)).until(() -> sum().requests() >= 5);
        assertThat(sum()).isEqualTo(new TrafficCount(5, 2, 5, 6, 3, 1, 0));
        await().atMost(Duration.ofSeconds(20)).until(() -> rowsWithIds() >= 6);
        assertThat(rowsWithIds())
                .as("of no pinned request, and of none that was refused")
                .isEqualTo(6);
        assertThat(told).allMatch(batch -> Objects.requireNonNull(batch.ids()).process() == listener.process);
        assertThat(told).allMatch(batch -> batch.stream().equals(STREAM) && batch.lost() == 0);
        listener.close();
    }

    @Test
    void whatTheGatewayHasNoRoomForIsNoVersionsFailure(Vertx vertx) throws InterruptedException {
        DataListener listener =
                new DataListener(vertx, 1, Models.mail()).route(Models.table(5, CHAMPION, CANARY, STANDBY));
        listener.hosted.add("mail", 2, new HostedModels.Entry(FakeModel.ofText("sha2"), Long.MAX_VALUE));
        CountDownLatch asked = new CountDownLatch(1);
        vertx.eventBus().consumer(Addresses.replica("mail", 2, "sha2", DataListener.NODE), silent -> asked.countDown());
        vertx.eventBus().<TrafficReport>consumer(Addresses.TRAFFIC, message -> {
            told.add(message.body().batch());
            message.reply(new TrafficKnown(Long.MAX_VALUE));
        });
        vertx.deployVerticle(new TrafficVerticle(STREAM, listener.process, listener.traffic, listener.routes.binding()))
                .await();
        CompletableFuture<JsonObject> unanswered = CompletableFuture.supplyAsync(() -> listener.infer("a"));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(listener.infer("b").getString("error")).startsWith("requests in flight");
        assertThat(unanswered.join().getString("error")).startsWith("model: mail");

        await().atMost(Duration.ofSeconds(20)).until(() -> sum().units() >= 2);
        assertThat(sum().failed()).isEqualTo(1);
        listener.close();
    }

    @Test
    void tellsWhatIsLeftWhenItEnds(Vertx vertx) {
        DataListener listener = new DataListener(vertx, Models.mail())
                .route(Models.table(5, CHAMPION, CANARY, STANDBY))
                .host("mail", 2, FakeModel.always("sha2", 1));
        AtomicLong last = new AtomicLong();
        vertx.eventBus().<TrafficReport>consumer(Addresses.TRAFFIC, message -> {
            told.add(message.body().batch());
            boolean written = message.body().last(); // seldom, else
            last.addAndGet(written ? 1 : 0);
            message.reply(new TrafficKnown(written ? message.body().batch().number() : 0));
        });
        String id = vertx.deployVerticle(
                        new TrafficVerticle(STREAM, listener.process, listener.traffic, listener.routes.binding()))
                .await();
        listener.infer("one", "two");
        await().atMost(Duration.ofSeconds(20)).until(() -> !told.isEmpty());
        listener.infer("three");
        listener.close();
        vertx.undeploy(id).await();
        assertThat(last).as("the one under way, and what waited behind it").hasValue(2);
        assertThat(sum()).isEqualTo(new TrafficCount(5, 2, 2, 3, 2, 0, 0));
        assertThat(rowsWithIds()).isEqualTo(3);
    }

    @Test
    void endsAlsoWhereNobodyHearsIt(Vertx vertx) {
        DataListener listener = new DataListener(vertx, Models.mail())
                .route(Models.table(5, CHAMPION, CANARY, STANDBY))
                .host("mail", 2, FakeModel.always("sha2", 1));
        String id = vertx.deployVerticle(
                        new TrafficVerticle(STREAM, listener.process, listener.traffic, listener.routes.binding()))
                .await();
        listener.infer("one");
        listener.close();
        assertThat(vertx.undeploy(id).toCompletionStage()).succeedsWithin(Duration.ofSeconds(2));
    }

    private long rowsWithIds() {
        return Set.copyOf(told).stream()
                .flatMap(batch -> Objects.requireNonNull(batch.ids()).rows().stream())
                .filter(rows -> rows.version() == 2)
                .mapToLong(IssuedIds.Rows::rows)
                .sum();
    }

    /** Of all that was told, each batch once. */
    private TrafficCount sum() {
        return Set.copyOf(told).stream()
                .flatMap(batch -> batch.counts().stream())
                .reduce(new TrafficCount(5, 2, 0, 0, 0, 0, 0), TrafficCount::plus);
    }
}
