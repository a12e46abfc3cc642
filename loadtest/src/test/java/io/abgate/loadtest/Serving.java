package io.abgate.loadtest;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionTimeoutException;

/** A {@code serve} process and a client of it. */
record Serving(ChildProcess process, GatewayClient client) implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Starts one with this home, on free ports. */
    static Serving start(Path home, String... more) {
        List<Integer> ports = FreePorts.take(2);
        return start(home, ports.get(0), ports.get(1), more);
    }

    /** Starts one in this way with this home, on free ports. */
    static Serving start(Launch launch, Path home, String... more) {
        List<Integer> ports = FreePorts.take(2);
        return start(launch, home, ports.get(0), ports.get(1), more);
    }

    /** Starts one with this home, on these ports. */
    static Serving start(Path home, int dataPort, int adminPort, String... more) {
        return start(Launch.QUICK, home, dataPort, adminPort, more);
    }

    private static Serving start(Launch launch, Path home, int dataPort, int adminPort, String... more) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--set", "home=" + home));
        arguments.addAll(List.of("--set", "data.port=" + dataPort, "--set", "admin.port=" + adminPort));
        arguments.addAll(List.of(more));
        ChildProcess process = ChildProcess.start(launch, arguments.toArray(String[]::new));
        return new Serving(process, new GatewayClient(dataPort, adminPort));
    }

    /** Waits until every shipped model has a champion that every gateway serves, and nothing is under way. */
    Serving awaitSettled() {
        AtomicReference<String> seen = new AtomicReference<>("");
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> isSettled(seen));
            return this;
        } catch (ConditionTimeoutException | AssertionError e) {
            String said = process.err();
            process.close(); // nobody else knows of it yet
            throw new AssertionError("not settled: " + seen + "\n" + said, e);
        }
    }

    private boolean isSettled(AtomicReference<String> seen) {
        if (!process.isAlive()) {
            throw new AssertionError("ended: " + process.err());
        }
        try {
            var response = GatewayClient.send(client.admin("/models"));
            seen.set(response.body());
            JsonNode models = GatewayClient.json(response.body()).path("models");
            boolean settled = models.size() > 0;
            for (JsonNode model : models) {
                settled &= model.path("settled").asBoolean();
            }
            // the registry may know a model node a moment before the gateway has found the way to it
            return settled
                    && GatewayClient.send(client.data("/v2/health/ready")).statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    /** Waits until nothing of this model is under way; gives what an operator then sees. */
    JsonNode awaitSettled(String model) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> client.model(model), seen -> seen.path("settled").asBoolean());
    }

    /** Waits until a job has ended; gives how. */
    JsonNode awaitJob(long job) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> client.get("/jobs/" + job), seen -> !List.of("QUEUED", "RUNNING")
                        .contains(seen.path("state").asText()));
    }

    @Override
    public void close() {
        process.close();
    }
}
