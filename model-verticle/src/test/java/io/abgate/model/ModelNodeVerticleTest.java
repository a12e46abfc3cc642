package io.abgate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.model.routing.RouteBook;
import io.abgate.model.routing.RouteCopy;
import io.abgate.model.routing.RouteFollower;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.NodeReport;
import io.abgate.registry.contract.NodeReport.Hosted;
import io.abgate.registry.contract.StoreBinding;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class ModelNodeVerticleTest {
    @TempDir
    Path home;

    private final HostedModels hosted = new HostedModels();
    private Vertx vertx;
    private FakeRegistry registry;
    private String first;
    private String second;
    private String deployment;

    @BeforeEach
    void deploy(Vertx vertx) throws TimeoutException {
        this.vertx = vertx;
        registry = new FakeRegistry(vertx);
        first = registry.store(SmallModels.text(1));
        second = registry.store(SmallModels.text(2));
        registry.tables = FakeRegistry.table(1, first);
        StoreBinding binding = new StoreBinding();
        ArtifactCache cache = new ArtifactCache(home, InstantSource.system());
        Hosting.Artifacts artifacts = new Hosting.Artifacts(ModelFormats.installed(), cache, binding);
        Hosting.Settings settings = new Hosting.Settings("here", hosted, artifacts, 50, new Backoff(50, 200));
        RouteBook book = new RouteBook(FakeRegistry.KEYS, binding);
        RouteCopy copy = new RouteCopy(home, FakeRegistry.KEYS);
        vertx.deployVerticle(new RouteFollower("here", book, copy, InstantSource.system()))
                .await(10, TimeUnit.SECONDS);
        deployment =
                vertx.deployVerticle(new ModelNodeVerticle(77, settings, book)).await(10, TimeUnit.SECONDS);
    }

    private void awaitHosted(String... shas) {
        await().untilAsserted(() ->
                assertThat(hosted.list()).extracting(Hosted::sha256).containsExactlyInAnyOrder(shas));
    }

    private NodeReport lastReport() {
        return registry.reports.get(registry.reports.size() - 1);
    }

    private void publish(long epoch, String... shas) {
        vertx.eventBus().publish(Addresses.ROUTES_CHANGED, FakeRegistry.table(epoch, shas));
    }

    @Test
    void hostsWhatThePulledTableNamesAndReportsIt() {
        awaitHosted(first);

        NodeReport expected = new NodeReport("here", 77, List.of(new Hosted("mail", 1, first)), false, List.of());
        await().untilAsserted(() -> assertThat(registry.reports).contains(expected));
        assertThat(registry.reports.get(0).hosted()).isEmpty();
    }

    @Test
    void followsAPublishedTableAndFetchesOnlyWhatIsMissing() {
        awaitHosted(first);

        publish(2, first, second);

        awaitHosted(first, second);
        assertThat(registry.fetched).containsExactly(first, second);
    }

    @Test
    void undeploysWhatTheTableNoLongerNames() {
        publish(2, first, second);
        awaitHosted(first, second);

        publish(3, first);

        awaitHosted(first);
        await().until(() -> lastReport().hosted().size() == 1);
    }

    @Test
    void ignoresAnOlderTable() {
        publish(5, first, second);
        awaitHosted(first, second);

        publish(4, first);

        await().during(300, TimeUnit.MILLISECONDS).until(() -> hosted.list().size() == 2);
    }

    @Test
    void versionThatCannotBeLoadedIsTriedAgainAndHoldsUpNoOther() {
        Model late = SmallModels.text(3);

        publish(2, first, late.sha256(), second);
        awaitHosted(first, second);
        assertThat(registry.fetched).contains(late.sha256());
        registry.store(late);

        awaitHosted(first, second, late.sha256());
    }

    @Test
    void artifactThatIsNotWhatItsNameSaysIsNeverHosted() {
        registry.artifacts.put(second, SmallModels.text(9).artifact());

        publish(2, first, second);

        await().until(() -> registry.fetched.stream().filter(second::equals).count() > 2);
        assertThat(hosted.find("mail", 2)).isEmpty();
    }

    @Test
    void versionThatComesBackDuringItsGraceStaysHosted() {
        publish(2, first, second);
        awaitHosted(first, second);

        publish(3, first);
        publish(4, first, second);

        await().during(300, TimeUnit.MILLISECONDS).until(() -> hosted.list().size() == 2);
        assertThat(registry.fetched).containsOnlyOnce(second);
    }

    @Test
    void keepsAnotherArtifactOfANumberWhenTheFormerOneLeaves() {
        awaitHosted(first);

        publish(2, second); // a store that was put back gives the number again

        awaitHosted(second);
        await().during(300, TimeUnit.MILLISECONDS).until(() -> hosted.find("mail", 1)
                .filter(entry -> entry.model().sha256().equals(second))
                .isPresent());
        assertThat(lastReport().hosted()).containsExactly(new Hosted("mail", 1, second));
    }

    @Test
    void hostsNothingAfterItsEndAndSaysSo() throws TimeoutException {
        awaitHosted(first);

        await().until(() -> !lastReport().hosted().isEmpty());

        vertx.undeploy(deployment).await(10, TimeUnit.SECONDS);

        assertThat(hosted.list()).isEmpty();
        await().until(() -> lastReport().hosted().isEmpty());
    }
}
