package io.abgate.gateway.inference;

import static io.abgate.gateway.DataListener.textBody;
import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.registry.contract.SampleBatch;
import io.abgate.registry.contract.SampleBatch.Asked;
import io.abgate.registry.contract.SampleBatch.Sample;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.Stage;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class AuditTest {
    @Test
    void anAnswerSaysThatItsLabelIsAskedForAndTheRegistryGetsItsId(Vertx vertx) {
        DataListener listener = open(vertx, 1);
        JsonObject parameters = listener.infer("spam").getJsonObject("parameters");
        assertThat(parameters.getValue("audit")).isEqualTo(true);
        String token = parameters.getString("prediction_id");
        PredictionId id = listener.tokens.verify(token).id().orElseThrow();
        assertThat(id.flags()).isEqualTo(PredictionId.SAMPLED | PredictionId.AUDIT);
        await().until(() -> samples(listener).size() == 1);
        assertThat(samples(listener))
                .containsExactly(new Sample(
                        id.timeMillis(), id.nonce(), "\"spam\"", List.of(), new Asked(token, id.assigned())));
    }

    @Test
    void severalRowsAreNamedByTheirPlaces(Vertx vertx) {
        DataListener listener = open(vertx, 1);
        assertThat(listener.infer("a", "b", "c").getJsonObject("parameters").getValue("audit"))
                .isEqualTo("0,1,2");
        await().until(() -> samples(listener).size() == 3);
    }

    /** The budget is 0 rows a second, so that whatever comes was asked for. */
    @Test
    void whatIsAskedForIsKeptBeyondTheBudgetEachWithItsOwnInput(Vertx vertx) {
        DataListener listener = open(vertx, 3);
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String[] texts = {"a" + i, "b" + i, "c" + i, "d" + i};
            JsonObject parameters = listener.infer(texts).getJsonObject("parameters");
            String[] tokens = parameters.getString("prediction_id").split(",", -1);
            for (String place : parameters.getString("audit", "").split(",", 0)) {
                if (!place.isEmpty()) {
                    int row = Integer.parseInt(place);
                    asked.add("\"" + texts[row] + "\" " + tokens[row]);
                }
            }
        }
        assertThat(asked.size()).isBetween(5, 60);
        await().until(() -> samples(listener).size() == asked.size());
        assertThat(samples(listener).stream()
                        .map(sample -> sample.input() + " " + sample.asked().predictionId())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void noLabelIsAskedForOfPinnedRequestsNorWithoutTheSetting(Vertx vertx) {
        DataListener listener = open(vertx, 1);
        JsonObject pinned = new JsonObject(
                listener.post("/v2/models/mail/versions/1/infer", textBody("a")).body());
        assertThat(pinned.getJsonObject("parameters").containsKey("audit")).isFalse();
        listener.close();
        DataListener without = open(Vertx.vertx(), 0);
        assertThat(without.infer("a").getJsonObject("parameters").containsKey("audit"))
                .isFalse();
        without.vertx.close().await();
    }

    private static DataListener open(Vertx vertx, int oneIn) {
        return new DataListener(vertx, Models.auditedMail(oneIn))
                .route(table(5, version(1, Stage.CHAMPION, 1)))
                .host("mail", 1, FakeModel.ofText("sha1"));
    }

    private static List<Sample> samples(DataListener listener) {
        return listener.registry.samples.stream()
                .map(SampleBatch::samples)
                .flatMap(List::stream)
                .toList();
    }
}
