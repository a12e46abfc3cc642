package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The events of a model as an operator reads them, and what follows from them. */
final class Ledger {
    private static final int PAGE = 1_000;

    private final String model;
    private final List<JsonNode> events = new ArrayList<>();

    Ledger(String model) {
        this.model = model;
    }

    /** Reads what has been added; the first event has to be the one that it was. */
    Ledger read(GatewayClient client) {
        if (!events.isEmpty()) {
            assertThat(page(client, 0, 1)).isEqualTo(events.subList(0, 1));
        }
        List<JsonNode> page;
        do {
            page = page(client, lastSeq(), PAGE);
            page.forEach(this::add);
        } while (page.size() == PAGE);
        return this;
    }

    private void add(JsonNode event) {
        assertThat(event.path("seq").asLong()).isGreaterThan(lastSeq());
        events.add(event);
    }

    private long lastSeq() {
        return events.isEmpty() ? 0 : events.get(events.size() - 1).path("seq").asLong();
    }

    /** When the newest event was, by the clock of the process that wrote it. */
    Instant lastAt() {
        return Instant.parse(events.get(events.size() - 1).path("at").asText());
    }

    private List<JsonNode> page(GatewayClient client, long after, int limit) {
        List<JsonNode> page = new ArrayList<>();
        client.get("/events?model=" + model + "&after=" + after + "&limit=" + limit)
                .path("events")
                .forEach(page::add);
        return page;
    }

    /** Places of the events that an operator gave this reason for. */
    List<Long> because(String reason) {
        return events.stream()
                .filter(event -> event.at("/body/reason").asText().equals(reason))
                .map(event -> event.path("seq").asLong())
                .toList();
    }

    /** The stage of each version, as the events leave it. */
    Map<Integer, String> stages() {
        Map<Integer, String> stages = new TreeMap<>();
        for (JsonNode event : events) {
            JsonNode body = event.path("body");
            if (event.path("type").asText().equals("VERSION_REGISTERED")) {
                stages.put(body.path("version").asInt(), "CANDIDATE");
            }
            body.path("stages")
                    .fields()
                    .forEachRemaining(moved -> stages.put(
                            Integer.valueOf(moved.getKey()), moved.getValue().asText()));
        }
        return stages;
    }

    /** The stage of each version, as a model's report says. */
    static Map<Integer, String> stages(JsonNode report) {
        Map<Integer, String> stages = new TreeMap<>();
        report.path("versions")
                .forEach(version -> stages.put(
                        version.path("version").asInt(), version.path("stage").asText()));
        return stages;
    }

    /** Has the process walk along the whole chain of hashes. */
    static void assertIntact(GatewayClient client) throws IOException {
        JsonNode verified = client.post("/verify", GatewayClient.object());
        assertThat(verified.path("intact").asBoolean()).as(verified.toString()).isTrue();
    }
}
