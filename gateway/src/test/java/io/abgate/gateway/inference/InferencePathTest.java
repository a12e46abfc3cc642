package io.abgate.gateway.inference;

import static io.abgate.gateway.DataListener.textBody;
import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.registry.domain.Stage;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plain paths of predictions go past the router; whatever is written otherwise is what it was. */
@ExtendWith(VertxExtension.class)
class InferencePathTest {
    private DataListener listener;

    @BeforeEach
    void open(Vertx vertx) {
        listener = new DataListener(vertx, Models.mail())
                .route(table(7, version(1, Stage.CHAMPION, 1)))
                .host("mail", 1, FakeModel.ofText("sha1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v2/models/mail/infer            | 200",
                "/v2/models/mail/infer?a=b        | 200",
                "/v2/models/ma%69l/infer          | 200",
                "/v2/models/mail/versions/1/infer | 200",
                "/v2/models/mail/infer/           | 200",
                "/v2/models/nobody/infer          | 404",
                "/v2/models/a.b/infer             | 404",
                "/v2/models/../infer              | 404",
                "/v2/models/infer                 | 405",
                "/v2/models//infer                | 405",
                "/v2/models/mail/inferno          | 404",
                "/v2/models/mail/versions/9/infer | 404"
            })
    void isAnsweredAsItSays(String path, int status) {
        HttpResponse<String> response = listener.post(path, textBody("hello"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void whoIsUnknownIsToldSoAlike() {
        String plain = listener.post("/v2/models/nobody/infer", textBody("a")).body();
        assertThat(listener.post("/v2/models/nobod%79/infer", textBody("a")).body())
                .isEqualTo(plain)
                .contains("model: nobody (expected: one of [mail])");
    }

    @Test
    void othersThanPostAreToldWhatIsTaken() {
        HttpResponse<String> response = listener.get("/v2/models/mail/infer");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
    }
}
