package io.abgate.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.gateway.FakeModel;
import io.abgate.gateway.FakeRegistry;
import io.abgate.gateway.Models;
import io.abgate.gateway.Tables;
import io.abgate.model.routing.RouteBook;
import io.abgate.model.routing.RouteCopy;
import io.abgate.model.routing.RouteFollower;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.Codecs;
import io.abgate.registry.contract.NodeReport;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class RoutingVerticleTest {
    private static final RoutedVersion CHAMPION = new RoutedVersion(1, Stage.CHAMPION, 1, "sha1");

    @TempDir
    Path home;

    private final RouteBook book = Tables.book();
    private final Routes routes = new Routes(book);
    private final List<NodeReport> reports = new CopyOnWriteArrayList<>();
    private Vertx vertx;

    @BeforeEach
    void open(Vertx given) {
        vertx = given;
        Codecs.register(vertx.eventBus());
        vertx.eventBus().<NodeReport>consumer(Addresses.NODES, message -> reports.add(message.body()));
    }

    @Test
    void pullsTheTablesAtItsStart() {
        new FakeRegistry(vertx).publish(table("mail", 5), table("digits", 6));
        deploy();

        await().until(() -> routes.epochs().size() == 2);
        assertThat(routes.table("mail").orElseThrow().epoch()).isEqualTo(5);
        await().until(() -> !reports.isEmpty() && last().epochs().size() == 2);
        assertThat(last().gateway()).isTrue();
        assertThat(last().hosted()).isEmpty();
    }

    @Test
    void takesANewerTableAtOnceAndSaysSo() {
        FakeRegistry registry = new FakeRegistry(vertx);
        registry.publish(table("mail", 5));
        deploy();
        await().until(() -> !routes.epochs().isEmpty());
        int before = reports.size();

        registry.publish(table("mail", 6));
        await().until(() -> routes.table("mail").orElseThrow().epoch() == 6);
        await().until(() -> reports.size() > before && last().epochs().get(0).epoch() == 6);
    }

    @Test
    void learnsFromReportsWhoAnswers() {
        deploy();
        answerTheProbe("b");
        vertx.eventBus().publish(Addresses.NODES, report("b", 1, "sha1"));
        await().until(() -> routes.nodes("mail", CHAMPION).equals(List.of("b")));
        assertThat(routes.nodes("mail", new RoutedVersion(1, Stage.CHAMPION, 1, "other bytes")))
                .isEmpty();
    }

    @Test
    void sendsNobodyToANodeBeforeTheWayThereIsOpen() {
        deploy();
        answerTheProbe("c");
        vertx.eventBus().publish(Addresses.NODES, report("b", 1, "sha1"));
        vertx.eventBus().publish(Addresses.NODES, report("c", 1, "sha1"));
        await().until(() -> routes.nodes("mail", CHAMPION).equals(List.of("c")));
        answerTheProbe("b");
        vertx.eventBus().publish(Addresses.NODES, report("b", 1, "sha1"));
        await().until(() -> routes.nodes("mail", CHAMPION).contains("b"));
    }

    private void answerTheProbe(String node) {
        vertx.eventBus()
                .consumer(Addresses.replica("mail", 1, "sha1", node), message -> message.reply(FakeModel.reply(1)));
    }

    @Test
    void forgetsANodeThatSaysNothingForThreeSeconds() {
        NodeDirectory directory = new NodeDirectory();
        directory.take(report("a", 1, "sha1"), 0);
        directory.take(report("b", 1, "sha1"), 1_000_000_000);
        assertThat(directory.replicas(NodeDirectory.LIFE_NANOS, report -> true).nodes("mail", CHAMPION))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(directory
                        .replicas(NodeDirectory.LIFE_NANOS + 1, report -> true)
                        .nodes("mail", CHAMPION))
                .containsExactly("b");
    }

    @Test
    void dropsAReportOfAnEarlierLifeOfANode() {
        NodeDirectory directory = new NodeDirectory();
        directory.take(new NodeReport("a", 2, List.of(), false, List.of()), 0);
        directory.take(report("a", 1, "sha1"), 1);
        assertThat(directory.replicas(1, report -> true).nodes("mail", CHAMPION))
                .isEmpty();
    }

    @Test
    void keepsWhatANodeHostsWhenItsGatewayReportsToo() {
        NodeDirectory directory = new NodeDirectory();
        directory.take(report("a", 1, "sha1"), 0);
        directory.take(new NodeReport("a", 1, List.of(), true, List.of()), 1);
        assertThat(directory.replicas(1, report -> true).nodes("mail", CHAMPION))
                .containsExactly("a");
    }

    private void deploy() {
        RouteCopy copy = new RouteCopy(home, Tables.KEYS);
        vertx.deployVerticle(new RouteFollower("a", book, copy, InstantSource.system()))
                .await();
        vertx.deployVerticle(new RoutingVerticle("a", 1, book, routes, List.of(Models.mail())))
                .await();
    }

    private NodeReport last() {
        return reports.get(reports.size() - 1);
    }

    private static NodeReport report(String node, long incarnation, String sha256) {
        return new NodeReport(node, incarnation, List.of(new NodeReport.Hosted("mail", 1, sha256)), false, List.of());
    }

    private static RouteTable table(String model, long epoch) {
        return new RouteTable(model, 1, epoch, RoutingMode.SPLIT, "salt", List.of(CHAMPION), 1);
    }
}
