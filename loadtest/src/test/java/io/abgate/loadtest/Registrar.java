package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Registers one new artifact after another. */
final class Registrar implements Client {
    private final JsonNode first;
    private final List<JsonNode> unanswered = new ArrayList<>();
    private final Map<Integer, JsonNode> acknowledged = new HashMap<>();
    private final Map<Integer, String> shas = new HashMap<>();
    private final AtomicInteger made = new AtomicInteger();

    /** Artifacts that differ a little from this one. */
    Registrar(JsonNode first) {
        this.first = first;
    }

    @Override
    public void next(GatewayClient to, Random random) throws IOException {
        JsonNode artifact = Shipped.nudged(first, 0.001 * made.incrementAndGet());
        unanswered.add(artifact);
        HttpResponse<String> response = GatewayClient.send(to.admin(path()).POST(GatewayClient.body(artifact)));
        if (response.statusCode() == 503) {
            return; // perhaps stored: looked at later, as one that was not answered
        }
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        unanswered.remove(artifact);
        acknowledged.put(GatewayClient.json(response.body()).path("version").asInt(), artifact);
    }

    private static String path() {
        return "/models/" + Sides.NAME + "/versions";
    }

    @Override
    public void check(GatewayClient at, Ledger ledger) {
        acknowledged.forEach((version, artifact) -> {
            assertThat(at.register(Sides.NAME, artifact)).isEqualTo(version);
            assertThat(at.get(path() + "/" + version + "/artifact").path("layers"))
                    .isEqualTo(artifact.path("layers"));
        });
        unanswered.forEach(artifact -> at.register(Sides.NAME, artifact));
        unanswered.clear();
        acknowledged.clear();
        assertThatEveryArtifactHasOneVersion(at.get(path()).path("versions"));
    }

    private void assertThatEveryArtifactHasOneVersion(JsonNode versions) {
        Set<String> seen = new HashSet<>();
        for (JsonNode version : versions) {
            String sha = version.path("sha256").asText();
            assertThat(seen.add(sha)).as("two versions of %s", sha).isTrue();
            String before = shas.put(version.path("version").asInt(), sha);
            assertThat(before).isIn(null, sha);
        }
        // the first is trained, every other one came from here
        assertThat(seen).hasSameSizeAs(shas.keySet()).hasSize(made.get() + 1);
    }

    /** Artifacts that were ever sent. */
    int made() {
        return made.get();
    }
}
