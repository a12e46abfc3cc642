package io.abgate.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.ErrorRate;
import io.abgate.registry.domain.Health;
import io.abgate.registry.domain.Traffic;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class WindowsTest {
    /** Such a clock may start anywhere, and overflow on its way. */
    private static final long START_NANOS = Long.MAX_VALUE - 500;

    private static Health merged(Attempts... contexts) {
        return Windows.merged(Stream.of(contexts).map(Attempts::recent).toList());
    }

    /** An event loop of its own, as every verticle gets the next one. */
    private static Context loop(Vertx vertx) {
        Promise<Context> loop = Promise.promise();
        Deployable deployed = context -> {
            loop.complete(context);
            return Future.succeededFuture();
        };
        vertx.deployVerticle(deployed).await();
        return loop.future().await();
    }

    @Test
    void theWindowOfTwoContextsIsTheNewestThousandOfBoth() {
        Attempts one = new Attempts();
        Attempts other = new Attempts();
        for (int i = 0; i < 2_000; i++) {
            Attempts turn = i % 3 == 0 ? one : other;
            if (i == 999 || i == 1_000) { // the last that is out, and the first that is in
                turn.failed(START_NANOS + i);
            } else {
                turn.answered(START_NANOS + i, i, 2, i < 1_000 ? 0 : 1);
            }
        }
        Health health = merged(one, other);
        assertThat(health.window()).isEqualTo(new ErrorRate(1, 1_000));
        assertThat(health.lifetime().attempts()).isEqualTo(new ErrorRate(2, 2_000));
        assertThat(health.lifetime().predictions()).isEqualTo(2 * 1_998);
        assertThat(health.latencyNanos())
                .hasSize(1_000)
                .contains(998L, 1_001L, 1_999L)
                .doesNotContain(997L);
        assertThat(health.confidence()).isEqualTo(0.999);
    }

    @Test
    void aContextThatSawNothingChangesNothing() {
        Attempts one = new Attempts();
        one.answered(5, 7_000_000, 1, 0.8);
        one.rejected();
        assertThat(merged(one, new Attempts())).isEqualTo(merged(one));
        assertThat(merged(one).latency().p99()).isEqualTo(0.007);
        assertThat(merged(one).lifetime().rejected()).isEqualTo(1);
        assertThat(merged(new Attempts())).isEqualTo(Health.NONE);
    }

    @Test
    void healthOfTwoNodesAddsUp() {
        Attempts one = new Attempts();
        one.answered(1, 1_000_000_000, 1, 0.4);
        Attempts other = new Attempts();
        other.answered(1, 3_000_000_000L, 1, 0.6);
        other.failed(2);
        Health both = merged(one).plus(merged(other));
        assertThat(both.window()).isEqualTo(new ErrorRate(1, 3));
        assertThat(both.confidence()).isEqualTo(0.5);
        assertThat(both.latency().mean()).isEqualTo(2);
        assertThat(both.plus(Health.NONE)).isEqualTo(both);
    }

    @Test
    void everyContextIsReadOnItsOwnThread(Vertx vertx) {
        NodeHealth node = new NodeHealth();
        for (int version = 1; version <= 2; version++) {
            Context context = loop(vertx);
            ModelAttempts mail = new ModelAttempts();
            node.join(context, Map.of("mail", mail, "digits", new ModelAttempts()));
            int number = version;
            context.runOnContext(here -> {
                mail.version(1).at(Traffic.USERS).answered(1, 1, 1, 0.5);
                mail.version(number).at(Traffic.PINNED).failed(1);
                mail.rejected();
            });
        }
        var report = node.report("here", List.of("mail")).await();
        assertThat(report.models()).hasSize(1);
        var model = report.models().get(0);
        assertThat(model.rejected()).isEqualTo(2);
        assertThat(model.versions()).hasSize(2);
        assertThat(model.versions().get(0).traffic().get(Traffic.USERS).window())
                .isEqualTo(new ErrorRate(0, 2));
        assertThat(model.versions().get(0).traffic().get(Traffic.PINNED).window())
                .isEqualTo(new ErrorRate(1, 1));
        assertThat(model.versions().get(1).traffic()).containsOnlyKeys(Traffic.PINNED);
    }

    @Test
    void whoAsksIsToldOnTheOwnThread(Vertx vertx) {
        NodeHealth node = new NodeHealth();
        node.join(loop(vertx), Map.of());
        node.join(loop(vertx), Map.of());
        Promise<Boolean> same = Promise.promise();
        loop(vertx).runOnContext(here -> {
            Thread asking = Thread.currentThread();
            node.report("here", List.of())
                    .onComplete(report -> same.complete(Thread.currentThread().equals(asking)));
        });
        assertThat(same.future().await()).isTrue();
    }

    @Test
    void whoAsksMergesOnTheOwnThreadSoThatPredictionsDoNotWait(Vertx vertx) {
        NodeHealth node = new NodeHealth();
        node.join(loop(vertx), Map.of());
        node.join(loop(vertx), Map.of());
        Set<Thread> merging = ConcurrentHashMap.newKeySet();
        AbstractList<String> models = new AbstractList<>() {
            @Override
            public String get(int index) {
                return "mail";
            }

            @Override
            public int size() {
                return 1;
            }

            @Override
            public Stream<String> stream() { // what the merging begins with
                merging.add(Thread.currentThread());
                return super.stream();
            }
        };
        Promise<Thread> asked = Promise.promise();
        loop(vertx).runOnContext(here -> node.report("here", models)
                .onComplete(report -> asked.complete(Thread.currentThread())));
        assertThat(asked.future().await()).isEqualTo(merging.iterator().next());
        assertThat(merging).hasSize(1);
    }

    @Test
    void aVersionThatIsLongGoneIsForgotten() {
        ModelAttempts mail = new ModelAttempts();
        mail.version(1).at(Traffic.USERS).failed(0);
        mail.version(2).at(Traffic.USERS).failed(0);
        mail.sweep(Set.of(2), TimeUnit.HOURS.toNanos(1));
        assertThat(mail.copy().versions()).containsOnlyKeys(1, 2);
        mail.sweep(Set.of(2), TimeUnit.HOURS.toNanos(1) + 1);
        assertThat(mail.copy().versions()).containsOnlyKeys(2);
    }
}
