package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that was asked to end ends quickly, and the next one on its home goes on where it was. */
class RestartTest {
    private static final List<Shipped.Mail> MAILS = Shipped.mails(1500, 1700);
    private static final int LABELLED = 120;

    @TempDir
    private Path home;

    @Test
    void goesOnAfterSigtermAsIfNothingHadBeen() {
        List<String> ids = new ArrayList<>();
        JsonNode before;
        List<JsonNode> eventsBefore;
        try (Serving serving = Serving.start(home).awaitSettled()) {
            live(serving, ids);
            before = lasting(serving.awaitSettled("mail"));
            eventsBefore = events(serving);
            assertThatItHasLived(before);
            serving.process().terminate();
            serving.process().awaitExit(Duration.ofSeconds(3));
            assertThat(serving.process().err()).doesNotContain("\tat ", "Exception", "WARN", "ERROR");
        }
        try (Serving serving = Serving.start(home).awaitSettled()) {
            assertThat(lasting(serving.client().model("mail"))).isEqualTo(before);
            assertThatOnlyRoutesAndCountsFollowed(events(serving), eventsBefore);
            assertThat(assigned(serving.client().model("mail")))
                    .as("every request was counted, those just before the end too")
                    .isEqualTo(ids.size());
            List<String> late = ids.subList(LABELLED, ids.size());
            assertThat(report(serving, late, LABELLED).path("accepted").asInt()).isEqualTo(late.size());
            assertThat(report(serving, ids, 0).path("duplicate").asInt()).isEqualTo(ids.size());
            assertThat(liveLabels(serving.client().model("mail"))).isEqualTo(ids.size());
        }
    }

    private static int assigned(JsonNode model) {
        int requests = 0;
        for (JsonNode version : model.path("versions")) {
            requests += version.at("/assigned/requests").asInt();
        }
        return requests;
    }

    private static int liveLabels(JsonNode model) {
        int labels = 0;
        for (JsonNode version : model.path("versions")) {
            labels += version.at("/live/labels").asInt();
        }
        return labels;
    }

    /**
     * What had happened is what happened; what was counted is written at the end, and while versions are loaded again,
     * shares leave them and come back.
     */
    private static void assertThatOnlyRoutesAndCountsFollowed(List<JsonNode> events, List<JsonNode> before) {
        assertThat(events.subList(0, before.size())).isEqualTo(before);
        assertThat(events.subList(before.size(), events.size()))
                .extracting(event -> event.path("type").asText())
                .allMatch(type -> type.equals("ROUTE") || type.equals("TRAFFIC"));
    }

    private static List<JsonNode> events(Serving serving) {
        List<JsonNode> events = new ArrayList<>();
        serving.client().get("/events?model=mail").path("events").forEach(events::add);
        return events;
    }

    /** Predictions, labels of most of them, an operator's canary in between, and a retraining. */
    private static void live(Serving serving, List<String> ids) {
        GatewayClient client = serving.client();
        int nudged = client.register("mail", Shipped.nudged(client.get("/models/mail/versions/1/artifact"), 0.5));
        client.post(
                "/models/mail/promote",
                GatewayClient.object()
                        .put("version", nudged)
                        .put("to", "canary")
                        .put("share", 0.3));
        serving.awaitSettled("mail");
        for (Shipped.Mail mail : MAILS) {
            JsonNode answer = GatewayClient.good(client.inferMail(mail.text()));
            ids.add(GatewayClient.output(answer, "prediction_id").path(0).asText());
        }
        assertThat(report(serving, ids.subList(0, LABELLED), 0).path("accepted").asInt())
                .isEqualTo(LABELLED);
        ObjectNode order = GatewayClient.object().put("epochs", 2).put("rollout", false);
        JsonNode job = client.post("/models/mail/retrain", order);
        assertThat(serving.awaitJob(job.path("id").asLong()).path("version").asInt())
                .isEqualTo(3);
    }

    private static JsonNode report(Serving serving, List<String> ids, int from) {
        List<String> truths = MAILS.subList(from, from + ids.size()).stream()
                .map(Shipped.Mail::label)
                .toList();
        return serving.client().feedback("mail", ids, truths);
    }

    private static void assertThatItHasLived(JsonNode model) {
        JsonNode canary = canary(model);
        assertThat(canary.path("stage").asText()).isEqualTo("CANARY");
        assertThat(canary.path("live").path("labels").asInt()).isPositive();
        assertThat(canary.path("evidence").path("g").asDouble()).isNotEqualTo(0.5);
        assertThat(model.path("labels").path("accepted").asInt()).isEqualTo(LABELLED);
        assertThat(model.path("routing").path("shares").path("2").asDouble()).isEqualTo(0.3);
    }

    private static JsonNode canary(JsonNode model) {
        return model.path("versions").path(1);
    }

    /** A model without what belongs to the process that runs it, and without inputs, which may be lost. */
    private static JsonNode lasting(JsonNode model) {
        ObjectNode lasting = model.deepCopy();
        lasting.remove("samples");
        lasting.remove("traffic"); // requests are counted later than they are answered
        ((ObjectNode) lasting.path("routing")).remove("epoch");
        lasting.path("versions").forEach(version -> ((ObjectNode) version).remove("assigned"));
        lasting.path("versions").forEach(version -> ((ObjectNode) version).remove("labelling"));
        lasting.path("versions").forEach(version -> ((ObjectNode) version).remove("hostedOn"));
        lasting.path("versions").forEach(version -> ((ObjectNode) version).remove("health")); // what gateways remember
        return lasting;
    }
}
