package io.abgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthCommandTest {
    private static final String PATH = "GET /api/v1/models/mail/health";
    private static final String NONE = "{'status':'no data','attempts':0,'errors':0,'errorRate':null,'confidence':null,"
            + "'latency':{'p50':null,'p95':null,'p99':null},'lifetime':{'attempts':0,'errors':0,'rejected':0}}";
    private static final String SOME = "'status':'%s','attempts':40,'errors':2,'errorRate':0.05,'confidence':0.9314,"
            + "'latency':{'p50':0.000021,'p95':0.0012,'p99':0.15},"
            + "'lifetime':{'attempts':1050,'errors':52,'rejected':3}";

    private FakeGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new FakeGateway();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static String health(String status, boolean answered) {
        String some = SOME.formatted(status);
        return "{'model':'mail','status':'" + status + "','errorRateLimit':0.05,'window':1000,'rejected':4,'complete':"
                + answered + ",'nodes':[{'node':'node-1','answered':true},{'node':'node-2','answered':" + answered
                + "}],'versions':[{'version':2,'stage':'CHAMPION'," + some + ",'pinned':{" + some + "},'copies':" + NONE
                + "}]}";
    }

    @Test
    void showsUsersTrafficApartFromPinnedRequests() {
        gateway.on(PATH, 200, health("degraded", true));

        FakeGateway.Run run = gateway.run("health", "mail");

        assertThat(run.out()).isEqualTo("""
                mail: degraded by the last 1000 attempts of each gateway node, degraded from 5 % errors on; \
                4 requests refused for what they asked

                VERSION  STAGE     TRAFFIC  STATUS    ATTEMPTS  ERRORS  RATE  CONFIDENCE  P50 MS  P95 MS   P99 MS  \
                EVER  ERRORS EVER  REJECTED
                      2  CHAMPION  users    degraded        40       2   5 %       0.931   0.021   1.200  150.000  \
                1050           52         3
                      2  CHAMPION  pinned   degraded        40       2   5 %       0.931   0.021   1.200  150.000  \
                1050           52         3
                """);
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void namesNodesThatDidNotAnswer() {
        gateway.on(PATH, 200, health("healthy", false));

        FakeGateway.Run run = gateway.run("health", "mail");

        assertThat(run.out()).contains("; without node-2, which did not answer\n");
        assertThat(run.code()).isZero();
        assertThat(gateway.run("health", "mail", "--json").out()).startsWith("{\"model\":\"mail\",");
    }

    @Test
    void aModelsStatusSaysItInOneLine() {
        gateway.on(
                "GET /api/v1/models/mail",
                200,
                "{'model':'mail','champion':2,'versions':[{'version':1,'share':0,'health':" + NONE
                        + "},{'version':2,'share':0.9,'health':{" + SOME.formatted("degraded")
                        + "}},{'version':3,'share':0.1,'health':" + NONE + "}]}");

        assertThat(gateway.run("status", "mail").out())
                .contains("\nhealth: version 2 is degraded (2 of 40 attempts failed), version 3: no data\n");
    }
}
