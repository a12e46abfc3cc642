package io.abgate.gateway.feedback;

import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.registry.contract.Label;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.Stage;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;

/** A data listener with a model that answers, and what tests say of its answers. */
final class FeedbackListener {
    static final PredictionId ID = new PredictionId(1, 0, Models.MAIL_ID, 1, 1, 0, 0.5f, 5, 17, 1_700_000_000_000L, 99);

    final DataListener data;

    FeedbackListener(Vertx vertx) {
        data = new DataListener(vertx, Models.sampledMail(1_000_000))
                .route(table(5, version(1, Stage.CHAMPION, 1)))
                .host("mail", 1, FakeModel.ofText("sha1"));
    }

    String token() {
        return data.tokens.sign(ID);
    }

    Label label(int batch) {
        return data.registry.labels.get(batch).labels().get(0);
    }

    static JsonObject item(String token) {
        return new JsonObject().put("prediction_id", token);
    }

    HttpResponse<String> post(JsonObject body) {
        return data.post("/v2/models/mail/feedback", body.encode());
    }

    void assertRefused(JsonObject body, String message) {
        assertRefused(body.encode(), message);
    }

    void assertRefused(String body, String message) {
        HttpResponse<String> response = data.post("/v2/models/mail/feedback", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(new JsonObject(response.body()).getString("error")).startsWith(message);
    }
}
