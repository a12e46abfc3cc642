package io.abgate.gateway.inference;

import static io.abgate.gateway.DataListener.routeOf;
import static io.abgate.gateway.DataListener.textBody;
import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.gateway.Tables;
import io.abgate.model.routing.RouteBook;
import io.abgate.model.routing.RouteCopy;
import io.abgate.model.routing.RouteFollower;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.Stage;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class StaleRoutesTest {
    private static final RouteTable TABLE = Models.table(
            5, version(1, Stage.STANDBY, 0.2), version(2, Stage.CHAMPION, 0.3), version(3, Stage.CANARY, 0.5));

    @TempDir
    Path home;

    private DataListener listener;

    @BeforeEach
    void startFromACopy(Vertx vertx) {
        listener = new DataListener(vertx, Models.mail());
        RouteBook earlier = Tables.book();
        String before = vertx.deployVerticle(follower(earlier)).await();
        earlier.offer(Tables.sealed(TABLE));
        vertx.undeploy(before).await();
        vertx.deployVerticle(follower(listener.book)).await();
    }

    @Test
    void theChampionAloneAnswersOutsideTheExperiment() {
        host(1, 2, 3);
        for (int i = 0; i < 50; i++) {
            JsonObject answer = listener.infer("a");
            assertThat(answer.getString("model_version")).isEqualTo("2");
            assertThat(routeOf(answer)).isEqualTo("champion");
            assertThat(answer.getJsonObject("parameters").getBoolean("route_stale"))
                    .isTrue();
            assertThat(listener.id(answer).flags()).isEqualTo(PredictionId.FORCED);
            assertThat(listener.id(answer).epoch()).isEqualTo(5);
        }
    }

    @Test
    void theStandbyAnswersForAChampionThatFails() {
        host(1);
        listener.host("mail", 2, FakeModel.failing("sha2"));
        JsonObject answer = listener.infer("a");
        assertThat(routeOf(answer)).isEqualTo("fallback");
        assertThat(listener.id(answer).flags()).isEqualTo(PredictionId.FORCED | PredictionId.FALLBACK);
    }

    @Test
    void aVersionInTheUrlAnswersAsEver() {
        host(3);
        JsonObject answer = new JsonObject(
                listener.post("/v2/models/mail/versions/3/infer", textBody("a")).body());
        assertThat(routeOf(answer)).isEqualTo("pinned");
    }

    @Test
    void itIsReadyAsSoonAsAVersionCanAnswer() {
        assertThat(listener.get("/v2/health/ready").statusCode()).isEqualTo(503);
        host(2);
        assertThat(listener.get("/v2/health/ready").statusCode()).isEqualTo(200);
        assertThat(listener.get("/v2/models/mail/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void theSharesHoldAgainOnceTheRegistryConfirmsThem() {
        host(1, 2, 3);
        listener.book.offer(Tables.sealed(TABLE));
        Set<String> routes = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            JsonObject answer = listener.infer("a");
            routes.add(routeOf(answer));
            assertThat(answer.getJsonObject("parameters").containsKey("route_stale"))
                    .isFalse();
            assertThat(listener.id(answer).flags()).isZero();
        }
        assertThat(routes).containsExactlyInAnyOrder("champion", "canary", "control");
    }

    @Test
    void staleTablesAreNotReportedAsInForce() {
        assertThat(listener.routes.epochs()).isEmpty();
        listener.book.offer(Tables.sealed(TABLE));
        assertThat(listener.routes.epochs()).hasSize(1);
    }

    private void host(int... versions) {
        for (int number : versions) {
            listener.host("mail", number, FakeModel.ofText("sha" + number));
        }
    }

    private RouteFollower follower(RouteBook book) {
        return new RouteFollower("here", book, new RouteCopy(home, Tables.KEYS), InstantSource.system());
    }
}
