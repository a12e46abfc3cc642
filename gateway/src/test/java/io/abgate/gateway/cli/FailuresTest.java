package io.abgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {
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
    void tellsWhyAnOperationWasRefused() {
        gateway.on(
                "POST /api/v1/models/mail/abort",
                409,
                "{'type':'about:blank','title':'Conflict','status':409,'detail':'mail: nothing to abort'}");

        assertThat(gateway.run("abort", "mail")).isEqualTo(new FakeGateway.Run(1, "", "mail: nothing to abort\n"));
    }

    @Test
    void tellsWhyAnApplicationWasRefused() {
        gateway.on("POST /v2/models/mail/feedback", 400, "{'error':'prediction_id: forged'}");

        assertThat(gateway.run("feedback", "mail", "x", "ham"))
                .isEqualTo(new FakeGateway.Run(1, "", "prediction_id: forged\n"));
    }

    @Test
    void tellsTheStatusOfAnAnswerThatSaysNothing() {
        gateway.on("GET /api/v1/models", 502, "<html>").on("GET /api/v1/models/mail", 200, "<html>");

        assertThat(gateway.run("status"))
                .isEqualTo(new FakeGateway.Run(1, "", gateway.url() + "/api/v1/models: HTTP 502\n"));
        assertThat(gateway.run("status", "mail").err())
                .isEqualTo("the answer is no JSON (is this an abgate?): <html>\n");
    }

    @Test
    void tellsThatNoGatewayListens() {
        String url = gateway.url();
        gateway.close();

        assertThat(FakeGateway.run(Map.of("ABGATE_URL", url + "/"), "status"))
                .isEqualTo(new FakeGateway.Run(1, "", "no gateway at " + url + " (is \"serve\" running?)\n"));
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertThat(FakeGateway.run(Map.of("ABGATE_URL", "localhost"), "status"))
                .isEqualTo(new FakeGateway.Run(1, "", "ABGATE_URL: localhost (expected: http://HOST:PORT)\n"));
    }

    @Test
    void tellsThatAGivenFileIsMissing() {
        assertThat(gateway.run("register", "mail", "nowhere.json"))
                .isEqualTo(new FakeGateway.Run(1, "", "nowhere.json: no such file\n"));
        assertThat(gateway.run("retrain", "mail", "--samples", "nowhere.json").err())
                .isEqualTo("nowhere.json: no such file\n");
    }

    @Test
    void escapesWhatPeopleTypeIntoPaths() {
        assertThat(gateway.run("status", "a/b c?").err()).isEqualTo("nothing at GET /api/v1/models/a%2Fb%20c%3F\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "versions",
                "promote mail",
                "promote mail three",
                "promote mail 3 --to moon",
                "feedback mail id",
                "feedback mail id ham --reward 1",
                "predict mail",
                "routing mail",
                "replay mail",
                "job seven",
                "history",
                "assignment mail",
                "explain",
                "node mail",
                "verify mail",
                "override mail",
                "override mail two",
                "override mail 2 --end",
                "override mail --end --ttl 1h",
                "override mail --reason why",
                "void mail --from 2026-01-01T00:00:00Z --to 2026-01-02T00:00:00Z",
                "void mail --source app",
                "promote mail 3 --idempotency-key clé",
                "feedback mail id ham --source",
                "statsu",
                "status --colour",
            })
    void refusesAWrongCallInOneLineWithExitCode2(String call) {
        FakeGateway.Run run = gateway.run(call.split(" "));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("(see: abgate").endsWith("--help)\n");
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void anIdempotencyKeyThatIsNoneIsToldAsItCame() {
        assertThat(gateway.run("abort", "mail", "--idempotency-key", "a b").err())
                .isEqualTo("--idempotency-key: a b (expected: 1 to 255 visible ASCII characters)"
                        + " (see: abgate abort --help)\n");
        assertThat(gateway.run("abort", "mail", "--idempotency-key", "").code()).isEqualTo(2);
        assertThat(gateway.run("abort", "mail", "--idempotency-key", "k".repeat(256))
                        .code())
                .isEqualTo(2);
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertThat(gateway.run("statsu").err())
                .isEqualTo("Unmatched argument at index 0: 'statsu', did you mean status? (see: abgate --help)\n");
    }

    @Test
    void showsWhatThereIsWhenNothingIsAskedFor() {
        FakeGateway.Run run = gateway.run();

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("abgate", "status", "promote", "replay", "verify", "ABGATE_URL");
        assertThat(gateway.run("--help").out()).isEqualTo(run.err());
        assertThat(gateway.run("retrain", "--help").out()).contains("--learning-rate", "{\"input\":");
        assertThat(gateway.run("--version").out()).startsWith("abgate ");
    }

    @Test
    void takesMoreCommands() {
        CommandLine commandLine = Commands.commandLine("greet", new Greet());

        assertThat(commandLine.execute("greet")).isEqualTo(7);
    }

    @Command(name = "greet")
    private static final class Greet implements Callable<Integer> {
        @Override
        public Integer call() {
            return 7;
        }
    }
}
