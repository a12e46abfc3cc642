package io.abgate.gateway.inference;

import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.registry.contract.Addresses;
import io.abgate.registry.contract.NodeReport;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class DescriptionTest {
    private DataListener listener;

    @BeforeEach
    void open(Vertx vertx) {
        listener = new DataListener(vertx, Models.mail(), Models.digits())
                .route(table(5, version(1, Stage.STANDBY, 0), version(2, Stage.CHAMPION, 1)));
    }

    @Test
    void theServerSaysWhatItIs() {
        JsonObject server = body("/v2");
        assertThat(server.getString("name")).isEqualTo("abgate");
        assertThat(server.getString("version")).isNotEmpty();
        assertThat(server.getJsonArray("extensions")).contains("binary_tensor_data");
        assertThat(body("/v2/health/live")).isEqualTo(new JsonObject("{\"live\":true}"));
    }

    @Test
    void aModelSaysWhatItTakesAndGives() {
        JsonObject mail = body("/v2/models/mail");
        assertThat(mail.getString("name")).isEqualTo("mail");
        assertThat(mail.getJsonArray("versions")).isEqualTo(new JsonArray("[\"1\",\"2\"]"));
        assertThat(mail.getString("platform")).isEqualTo("abgate_dense-v1");
        assertThat(mail.getJsonArray("inputs"))
                .isEqualTo(new JsonArray("[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[-1,1]}]"));
        assertThat(mail.getJsonArray("outputs"))
                .isEqualTo(new JsonArray("[{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[-1]},"
                        + "{\"name\":\"confidence\",\"datatype\":\"FP64\",\"shape\":[-1]},"
                        + "{\"name\":\"probabilities\",\"datatype\":\"FP64\",\"shape\":[-1,2]},"
                        + "{\"name\":\"prediction_id\",\"datatype\":\"BYTES\",\"shape\":[-1]}]"));
        assertThat(body("/v2/models/mail/versions/1").getJsonArray("versions")).isEqualTo(new JsonArray("[\"1\"]"));
        assertThat(status("/v2/models/mail/versions/3"))
                .as("registered, but in no stage that answers")
                .isEqualTo(409);
        assertThat(status("/v2/models/mail/versions/8")).isEqualTo(404);
        assertThat(status("/v2/models/mail/versions/8/ready")).isEqualTo(404);
    }

    @Test
    void aModelIsReadyWhenItsChampionIsWarm() {
        assertThat(status("/v2/models/mail/ready")).isEqualTo(503);
        listener.host("mail", 2, FakeModel.ofText("sha2"));
        assertThat(status("/v2/models/mail/ready")).isEqualTo(200);
        assertThat(status("/v2/models/mail/versions/2/ready")).isEqualTo(200);
        assertThat(status("/v2/models/mail/versions/1/ready")).isEqualTo(503);
        assertThat(status("/v2/models/digits/ready")).isEqualTo(503);
    }

    @Test
    void warmOnAnotherNodeIsWarmToo() {
        listener.listen();
        NodeReport.Hosted hosted = new NodeReport.Hosted("mail", 2, "sha2");
        NodeReport report = new NodeReport("there", 1, List.of(hosted), false, List.of());
        listener.vertx
                .eventBus()
                .consumer(Addresses.replica("mail", 2, "sha2", "there"), message -> message.reply(FakeModel.reply(1)));
        listener.vertx.eventBus().publish(Addresses.NODES, report);
        await().until(() -> status("/v2/models/mail/ready") == 200);
    }

    @Test
    void theServerIsReadyWhenEveryModelIs() {
        listener.host("mail", 2, FakeModel.ofText("sha2"));
        assertThat(listener.get("/v2/health/ready").body()).startsWith("{\"error\":\"model: digits (expected: ");
        assertThat(status("/v2/health/ready")).isEqualTo(503);
        listener.route(table("digits", 6, RoutingMode.SPLIT, version(1, Stage.CHAMPION, 1)))
                .host("digits", 1, FakeModel.ofNumbers("sha1"));
        assertThat(body("/v2/health/ready")).isEqualTo(new JsonObject("{\"ready\":true}"));
    }

    private JsonObject body(String path) {
        return new JsonObject(listener.get(path).body());
    }

    private int status(String path) {
        return listener.get(path).statusCode();
    }
}
