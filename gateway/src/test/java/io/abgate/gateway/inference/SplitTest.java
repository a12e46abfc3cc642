package io.abgate.gateway.inference;

import static io.abgate.gateway.DataListener.routeOf;
import static io.abgate.gateway.DataListener.textBody;
import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.registry.domain.ModelSettings.Pinning;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.Rendezvous;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class SplitTest {
    private static final String INFER = "/v2/models/mail/infer";
    private static final RouteTable THREE = table(
            5,
            version(1, Stage.STANDBY, 0.05),
            version(2, Stage.CHAMPION, 0.75),
            version(3, Stage.CANARY, 0.2),
            version(4, Stage.SHADOW, 0));

    @Test
    void followsTheSharesWithoutAKey(Vertx vertx) {
        DataListener listener = open(vertx, Pinning.HONOUR);
        int requests = 2_000;
        Map<String, Integer> count = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            count.merge(routeOf(listener.infer("a")), 1, Integer::sum);
        }
        assertThat(count.keySet()).containsExactlyInAnyOrder("champion", "canary", "control");
        assertWithinFiveDeviations(count.get("champion"), requests, 0.75);
        assertWithinFiveDeviations(count.get("canary"), requests, 0.2);
        assertWithinFiveDeviations(count.get("control"), requests, 0.05);
    }

    @Test
    void keepsAKeyWithItsVersion(Vertx vertx) {
        DataListener listener = open(vertx, Pinning.HONOUR);
        for (String key : new String[] {"anna", "bert", "carla", "dora", "emil"}) {
            long hash = Rendezvous.keyHash("salt", key);
            int due = Rendezvous.pick(THREE, hash).version();
            for (int i = 0; i < 5; i++) {
                JsonObject answer = new JsonObject(listener.post(INFER, textBody("a"), "X-Routing-Key", key)
                        .body());
                assertThat(answer.getString("model_version")).isEqualTo(Integer.toString(due));
                assertThat(listener.id(answer).keyHash()).isEqualTo(hash);
            }
        }
    }

    @Test
    void takesTheKeyOutOfTheParametersUnlessAHeaderSaysOne(Vertx vertx) {
        DataListener listener = open(vertx, Pinning.HONOUR);
        String body = "{\"parameters\":{\"key\":\"anna\"}," + textBody("a").substring(1);
        JsonObject byParameter = new JsonObject(listener.post(INFER, body).body());
        assertThat(listener.id(byParameter).keyHash()).isEqualTo(Rendezvous.keyHash("salt", "anna"));
        JsonObject byHeader = new JsonObject(
                listener.post(INFER, body, "X-Routing-Key", "bert").body());
        assertThat(listener.id(byHeader).keyHash()).isEqualTo(Rendezvous.keyHash("salt", "bert"));
        JsonObject byNumber = new JsonObject(
                listener.post(INFER, body.replace("\"anna\"", "17")).body());
        assertThat(listener.id(byNumber).keyHash()).isEqualTo(Rendezvous.keyHash("salt", "17"));
    }

    @Test
    void makesEveryRequestAKeyOfItsOwnOtherwise(Vertx vertx) {
        DataListener listener = open(vertx, Pinning.HONOUR);
        Set<Long> hashes = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            hashes.add(listener.id(listener.infer("a")).keyHash());
        }
        assertThat(hashes).hasSize(20);
    }

    @Test
    void saysAdaptiveOfEveryArmInThatMode(Vertx vertx) {
        DataListener listener = open(vertx, Pinning.HONOUR)
                .route(table(
                        "mail",
                        6,
                        RoutingMode.ADAPTIVE,
                        version(2, Stage.CHAMPION, 0.5),
                        version(3, Stage.CANARY, 0.5)));
        for (int i = 0; i < 20; i++) {
            assertThat(routeOf(listener.infer("a"))).isEqualTo("adaptive");
        }
    }

    @Test
    void honoursAVersionInTheUrl(Vertx vertx) {
        DataListener listener = open(vertx, Pinning.HONOUR);
        for (String number : new String[] {"1", "2", "3", "4"}) {
            JsonObject answer =
                    new JsonObject(listener.post(pinned(number), textBody("a")).body());
            assertThat(answer.getString("model_version")).isEqualTo(number);
            assertThat(routeOf(answer)).isEqualTo("pinned");
            assertThat(listener.id(answer).flags()).isEqualTo(PredictionId.FORCED);
            assertThat(listener.id(answer).assigned()).isEqualTo(Integer.parseInt(number));
        }
    }

    @Test
    void knowsNoVersionThatIsNotServed(Vertx vertx) {
        DataListener listener = open(vertx, Pinning.HONOUR);
        for (String number : new String[] {"9", "0", "-1", "x", "01", "99999999999"}) {
            HttpResponse<String> response = listener.post(pinned(number), textBody("a"));
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(new JsonObject(response.body()).getString("error"))
                    .isEqualTo("version: " + number + " (expected: one that is served, of [1, 2, 3, 4])");
        }
    }

    @Test
    void refusesAVersionInTheUrlWhenTheModelSaysSo(Vertx vertx) {
        HttpResponse<String> response = open(vertx, Pinning.REFUSE).post(pinned("2"), textBody("a"));
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).contains("version: 2 (expected: none in the URL");
    }

    @Test
    void routesAllTheSameWhenTheModelSaysSo(Vertx vertx) {
        DataListener listener = open(vertx, Pinning.ROUTE);
        Set<String> routes = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            JsonObject answer =
                    new JsonObject(listener.post(pinned("4"), textBody("a")).body());
            routes.add(routeOf(answer));
            assertThat(listener.id(answer).has(PredictionId.FORCED)).isFalse();
        }
        assertThat(routes).contains("champion", "canary").doesNotContain("pinned");
    }

    @Test
    void aPinnedVersionThatFailsIsAnsweredByNoOther(Vertx vertx) {
        DataListener listener = open(vertx, Pinning.HONOUR).host("mail", 3, FakeModel.failing("sha3"));
        assertThat(listener.post(pinned("3"), textBody("a")).statusCode()).isEqualTo(503);
    }

    private static DataListener open(Vertx vertx, Pinning pinning) {
        DataListener listener = new DataListener(vertx, Models.mail(pinning)).route(THREE);
        for (int number = 1; number <= 4; number++) {
            listener.host("mail", number, FakeModel.ofText("sha" + number));
        }
        return listener;
    }

    private static String pinned(String number) {
        return "/v2/models/mail/versions/" + number + "/infer";
    }

    private static void assertWithinFiveDeviations(int came, int trials, double share) {
        double deviation = Math.sqrt(trials * share * (1 - share));
        assertThat((double) came).isBetween(trials * share - 5 * deviation, trials * share + 5 * deviation);
    }
}
