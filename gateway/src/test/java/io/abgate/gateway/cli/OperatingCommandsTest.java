package io.abgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatingCommandsTest {
    private static final String SENTENCE =
            "mail: version 2 is champion, 3 is in shadow, 1 stands by, promotions paused\n";

    @TempDir
    private Path folder;

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
    void promotesToChampionUnlessToldOtherwise() {
        gateway.on("POST /api/v1/models/mail/promote", 200, Recorded.MODEL);

        FakeGateway.Run run = gateway.run("promote", "mail", "3");

        assertThat(run).isEqualTo(new FakeGateway.Run(0, SENTENCE, ""));
        assertThat(gateway.requests())
                .containsExactly("POST /api/v1/models/mail/promote {\"version\":3,\"to\":\"champion\"}");
    }

    @Test
    void sendsEverythingThatAPromotionMaySay() {
        gateway.on("POST /api/v1/models/mail/promote", 200, Recorded.MODEL);

        gateway.run(
                "promote",
                "mail",
                "3",
                "--to",
                "canary",
                "--share",
                "0.1",
                "--reason",
                "a try",
                "--force",
                "--expected-epoch",
                "9");

        assertThat(gateway.requests())
                .containsExactly("POST /api/v1/models/mail/promote {\"version\":3,\"to\":\"canary\",\"share\":0.1,"
                        + "\"reason\":\"a try\",\"force\":true,\"expectedEpoch\":9}");
    }

    @Test
    void rollsBackToTheStandbyOrAVersion() {
        gateway.on("POST /api/v1/models/mail/rollback", 200, Recorded.MODEL);

        assertThat(gateway.run("rollback", "mail").out()).isEqualTo(SENTENCE);
        gateway.run("rollback", "mail", "--to", "1", "--reason", "worse");

        assertThat(gateway.requests())
                .containsExactly(
                        "POST /api/v1/models/mail/rollback {}",
                        "POST /api/v1/models/mail/rollback {\"to\":1,\"reason\":\"worse\"}");
    }

    @Test
    void abortsPausesFreezesAndResumes() {
        gateway.on("POST /api/v1/models/mail/abort", 200, Recorded.MODEL)
                .on("POST /api/v1/models/mail/pause", 200, Recorded.MODEL)
                .on("POST /api/v1/models/mail/resume", 200, Recorded.MODEL);

        assertThat(gateway.run("abort", "mail").out()).isEqualTo(SENTENCE);
        assertThat(gateway.run("pause", "mail").out()).isEqualTo(SENTENCE);
        assertThat(gateway.run("pause", "mail", "--all").out()).isEqualTo(SENTENCE);
        assertThat(gateway.run("resume", "mail").out()).isEqualTo(SENTENCE);

        assertThat(gateway.requests())
                .containsExactly(
                        "POST /api/v1/models/mail/abort {}",
                        "POST /api/v1/models/mail/pause {}",
                        "POST /api/v1/models/mail/pause {\"all\":true}",
                        "POST /api/v1/models/mail/resume {}");
    }

    @Test
    void changesRouting() {
        gateway.on("PUT /api/v1/models/mail/routing", 200, Recorded.MODEL);

        FakeGateway.Run run = gateway.run("routing", "mail", "--mode", "adaptive", "--floor", "0.1");

        assertThat(run.out()).startsWith(SENTENCE + "routing split, floor 0.05, epoch 12");
        assertThat(gateway.requests())
                .containsExactly("PUT /api/v1/models/mail/routing {\"mode\":\"adaptive\",\"floor\":0.1}");
    }

    @Test
    void registersAnArtifactAsItIs() throws IOException {
        Path artifact = Files.writeString(folder.resolve("artifact.json"), "{\"format\": \"abgate/dense-v1\"}\n");
        gateway.on(
                        "POST /api/v1/models/mail/versions?tags=a%2Cb&source=me&note=a%20try%20%26%20more",
                        201, "{'version':4}")
                .on("POST /api/v1/models/mail/versions", 200, "{'version':4}");

        FakeGateway.Run run = gateway.run(
                "register",
                "mail",
                artifact.toString(),
                "--tag",
                "a",
                "--tag",
                "b",
                "--source",
                "me",
                "--note",
                "a try & more");

        assertThat(run.out()).isEqualTo("mail: version 4 registered\n");
        assertThat(gateway.requests().get(0)).endsWith(" {\"format\": \"abgate/dense-v1\"}");
        assertThat(gateway.run("register", "mail", artifact.toString()).out())
                .isEqualTo("mail: version 4 has this artifact already\n");
    }

    @Test
    void retrainsAndReturnsTheJob() throws IOException {
        Path samples = Files.writeString(folder.resolve("samples.json"), "[{\"input\":[\"the\"],\"truth\":\"cat\"}]");
        gateway.on("POST /api/v1/models/mail/retrain", 202, "{'id':7,'model':'mail','state':'QUEUED'}");

        FakeGateway.Run run = gateway.run(
                "retrain",
                "mail",
                "--from",
                "2",
                "--epochs",
                "200",
                "--learning-rate",
                "0.5",
                "--samples",
                samples.toString(),
                "--no-rollout");
        gateway.run("retrain", "mail");

        assertThat(run).isEqualTo(new FakeGateway.Run(0, "job 7 of mail: QUEUED\n", ""));
        assertThat(gateway.requests())
                .containsExactly(
                        "POST /api/v1/models/mail/retrain {\"from\":2,\"epochs\":200,\"learningRate\":0.5,"
                                + "\"samples\":[{\"input\":[\"the\"],\"truth\":\"cat\"}],\"rollout\":false}",
                        "POST /api/v1/models/mail/retrain {}");
    }

    @Test
    void waitsForTheJobToEndAndTellsByTheExitCode() {
        gateway.on("POST /api/v1/models/mail/retrain", 202, "{'id':7,'model':'mail','state':'QUEUED'}")
                .on(
                        "GET /api/v1/jobs/7",
                        200,
                        "{'id':7,'model':'mail','state':'RUNNING','epoch':1,'epochs':8,'etaSeconds':2.5}")
                .on("GET /api/v1/jobs/7", 200, "{'id':7,'model':'mail','state':'SUCCEEDED','version':4}")
                .on("GET /api/v1/jobs/7", 200, "{'id':7,'model':'mail','state':'FAILED','reason':'no rows'}");

        assertThat(gateway.run("retrain", "mail", "--wait"))
                .isEqualTo(new FakeGateway.Run(
                        0,
                        "job 7 of mail: SUCCEEDED, version 4\n",
                        "job 7 of mail: RUNNING, epoch 1 of 8, 2.500 s to go\n"));
        assertThat(gateway.run("retrain", "mail", "--wait"))
                .isEqualTo(new FakeGateway.Run(1, "job 7 of mail: FAILED: no rows\n", ""));
    }

    @Test
    void waitsForAJobThatIsUnderWay() {
        gateway.on("GET /api/v1/jobs/7", 200, "{'id':7,'model':'mail','state':'QUEUED'}")
                .on("GET /api/v1/jobs/7", 200, "{'id':7,'model':'mail','state':'REJECTED'}");

        assertThat(gateway.run("job", "7", "--wait"))
                .isEqualTo(new FakeGateway.Run(1, "job 7 of mail: REJECTED\n", ""));
        assertThat(gateway.requests()).hasSize(2);
        assertThat(gateway.run("job", "7").code()).isZero();
    }

    @Test
    void approvesAndDropsAJobThatWaits() {
        gateway.on("POST /api/v1/jobs/7/approve", 200, "{'id':7,'model':'mail','state':'QUEUED'}")
                .on("POST /api/v1/jobs/8/drop", 200, "{'id':8,'model':'mail','state':'REJECTED'}");

        assertThat(gateway.run("approve", "7").out()).isEqualTo("job 7 of mail: QUEUED\n");
        assertThat(gateway.run("drop", "8", "--reason", "not now", "--idempotency-key", "k")
                        .out())
                .isEqualTo("job 8 of mail: REJECTED\n");
        assertThat(gateway.requests())
                .containsExactly("POST /api/v1/jobs/7/approve {}", "POST /api/v1/jobs/8/drop {\"reason\":\"not now\"}");
        assertThat(gateway.keys()).containsExactly("k");
    }

    @ParameterizedTest
    @CsvSource({
        "promote mail 3, POST promote",
        "release mail 3, POST versions/3/release",
        "approve mail 3, POST approve",
        "rollback mail, POST rollback",
        "abort mail, POST abort",
        "pause mail, POST pause",
        "resume mail, POST resume",
        "retrain mail, POST retrain",
        "routing mail --floor 0.1, PUT routing",
        "void mail --from a --to b --source app, POST labels/void"
    })
    void aWriteIsSentUnderItsIdempotencyKey(String call, String request) {
        gateway.on(request.replace(" ", " /api/v1/models/mail/"), 200, Recorded.MODEL);

        assertThat(gateway.run(call.split(" ")).code()).isZero();
        assertThat(gateway.keys()).isEmpty();
        assertThat(gateway.run((call + " --idempotency-key change-17").split(" "))
                        .code())
                .isZero();
        assertThat(gateway.keys()).containsExactly("change-17");
    }

    @Test
    void anArtifactIsSentUnderItsIdempotencyKeyToo() throws IOException {
        Path artifact = Files.writeString(folder.resolve("artifact.json"), "{}");
        gateway.on("POST /api/v1/models/mail/versions", 201, "{'version':4}");

        gateway.run("register", "mail", artifact.toString(), "--idempotency-key", "!~");

        assertThat(gateway.keys()).containsExactly("!~");
    }

    @Test
    void aKeyThatIsInUseIsToldInOneLine() {
        gateway.on(
                "POST /api/v1/models/mail/abort",
                409,
                "{'type':'urn:abgate:problem:idempotency-key-in-use','title':'Conflict','status':409,"
                        + "'detail':'Idempotency-Key: k (expected: one whose operation is done)'}");

        assertThat(gateway.run("abort", "mail", "--idempotency-key", "k"))
                .isEqualTo(new FakeGateway.Run(1, "", "Idempotency-Key: k (expected: one whose operation is done)\n"));
    }

    @Test
    void withdrawsTheLabelsOfASource() {
        gateway.on("POST /api/v1/models/mail/labels/void", 200, "{'model':'mail','champion':2,'withdrawn':12}");

        FakeGateway.Run run = gateway.run(
                "void",
                "mail",
                "--from",
                "2026-01-01T00:00:00Z",
                "--to",
                "2026-01-02T00:00:00Z",
                "--source",
                "nightly",
                "--reason",
                "wrong column");

        assertThat(run)
                .isEqualTo(
                        new FakeGateway.Run(0, "mail: version 2 is champion; withdrawn: 12 labels of nightly\n", ""));
        assertThat(gateway.requests())
                .containsExactly("POST /api/v1/models/mail/labels/void {\"from\":\"2026-01-01T00:00:00Z\","
                        + "\"to\":\"2026-01-02T00:00:00Z\",\"source\":\"nightly\",\"reason\":\"wrong column\"}");
    }

    @Test
    void overridesOneNodeAndEndsThat() {
        gateway.on("POST /api/v1/models/mail/override", 200, "{'model':'mail','version':2,'until':'then'}")
                .on("DELETE /api/v1/models/mail/override", 200, "{'model':'mail','version':null}");

        assertThat(gateway.run("override", "mail", "2", "--ttl", "30m", "--reason", "it burns")
                        .out())
                .isEqualTo("model: mail\nversion: 2\nuntil: then\n");
        gateway.run("override", "mail", "2");
        assertThat(gateway.run("override", "mail", "--end").out()).isEqualTo("model: mail\nversion: -\n");

        assertThat(gateway.requests())
                .containsExactly(
                        "POST /api/v1/models/mail/override {\"version\":2,\"ttl\":\"30m\",\"reason\":\"it burns\"}",
                        "POST /api/v1/models/mail/override {\"version\":2}",
                        "DELETE /api/v1/models/mail/override");
    }
}
