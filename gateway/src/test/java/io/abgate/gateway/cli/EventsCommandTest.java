package io.abgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger on the command line: what was asked for, and whatever comes. */
final class EventsCommandTest {
    private FakeGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new FakeGateway();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void showsEventsOfWhatWasAskedFor() {
        gateway.on(
                "GET /api/v1/events?after=3&since=2026-01-01T00%3A00%3A00Z&model=mail&type=PROMOTED",
                200,
                "{'events':[{'seq':4,'at':'2026-01-01T00:00:00Z','actor':'operator','type':'PROMOTED','model':'mail',"
                        + "'summary':'version 2 is champion','body':{}}]}");

        FakeGateway.Run run = gateway.run(
                "events", "--model", "mail", "--type", "PROMOTED", "--after", "3", "--since", "2026-01-01T00:00:00Z");

        assertThat(run.out())
                .isEqualTo("     4  2026-01-01T00:00:00Z      operator    PROMOTED            mail        "
                        + "version 2 is champion\n");
    }

    @Test
    void showsEventsUntilATime() {
        gateway.on("GET /api/v1/events?until=2026-01-01T00%3A00%3A00Z", 200, "{'events':[]}");

        assertThat(gateway.run("events", "--until", "2026-01-01T00:00:00Z").out())
                .isEqualTo("no events\n");
    }

    @Test
    void saysThatThereAreNoEvents() {
        gateway.on("GET /api/v1/events", 200, "{'events':[]}");

        assertThat(gateway.run("events").out()).isEqualTo("no events\n");
    }

    @Test
    void followsEventsFromTheLastOneSeenUntilInterrupted() throws InterruptedException {
        gateway.on("GET /api/v1/events", 200, "{'events':[{'seq':1,'summary':'first'}]}")
                .on("GET /api/v1/events?after=1", 200, "{'events':[]}")
                .on("GET /api/v1/events?after=1", 200, "{'events':[{'seq':2,'summary':'second'}]}")
                .on("GET /api/v1/events?after=2", 200, "{'events':[]}");
        StringWriter out = new StringWriter();
        Map<String, String> environment = Map.of("ABGATE_URL", gateway.url());
        Thread following = new Thread(() -> FakeGateway.run(environment, out, "events", "--follow"));

        following.start();
        await().until(() -> out.toString().contains("second"));
        following.interrupt();
        following.join();

        assertThat(out.toString().lines()).hasSize(2);
    }
}
