package io.abgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SuitesCommandTest {
    private static final String PATH = "POST /api/v1/models/next-word/suites";
    private static final String HEAD = "{'model':'next-word','version':3,'sha256':'0123456789abcdef',";
    private static final String RIGHT = "{'suite':'basic','category':'known','case':'S01','input':['the','cat'],"
            + "'output':'sat','confidence':0.7457,'timeMillis':0.0123,'verdict':'passed','reason':null}";
    private static final String WRONG = "{'suite':'basic','category':'edge_cases','case':'S05','input':[],"
            + "'output':null,'confidence':null,'timeMillis':0.1,'verdict':'failed','reason':'broken'}";
    private static final String FAILED =
            HEAD + "'verdict':'failed','passed':1,'failed':1,'successRate':0.5,'cases':[" + RIGHT + "," + WRONG + "]}";

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
    void showsEveryCaseAndWhatTheyComeTo() {
        gateway.on(PATH, 200, FAILED);

        FakeGateway.Run run = gateway.run("suites", "next-word");

        assertThat(run.out()).isEqualTo("""
                SUITE  CATEGORY    CASE  INPUT          OUTPUT  CONFIDENCE  MILLISECONDS  VERDICT  REASON
                basic  known       S01   ["the","cat"]  sat          0.746         0.012  passed   -
                basic  edge_cases  S05   []             -                -         0.100  failed   broken

                next-word version 3 (0123456789ab): failed, 1 of 2 cases passed
                """);
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void endsWellWhenEveryCasePasses() {
        gateway.on(
                PATH,
                200,
                HEAD + "'verdict':'passed','passed':1,'failed':0,'successRate':1.0,'cases':[" + RIGHT + "]}");

        FakeGateway.Run run = gateway.run("suites", "next-word");

        assertThat(run.out()).endsWith("next-word version 3 (0123456789ab): passed, 1 of 1 cases passed\n");
        assertThat(run.code()).isZero();
    }

    @Test
    void noCasesAreNoSuccess() {
        gateway.on(PATH, 200, HEAD + "'verdict':'no cases','passed':0,'failed':0,'successRate':null,'cases':[]}");

        FakeGateway.Run run = gateway.run("suites", "next-word");

        assertThat(run).isEqualTo(new FakeGateway.Run(1, "next-word version 3 (0123456789ab): no cases\n", ""));
    }

    @Test
    void asksForWhatIsChosenOnly() {
        gateway.on(PATH, 200, FAILED);

        FakeGateway.Run run = gateway.run(
                "suites", "next-word", "--version", "3", "--suite", "basic", "--category", "known", "--json");

        assertThat(gateway.requests())
                .containsExactly(PATH + " {\"version\":3,\"suite\":\"basic\",\"category\":\"known\"}");
        assertThat(run.out()).isEqualTo(FAILED.replace('\'', '"') + "\n");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void tellsWhatIsKnownWhenASuiteIsNot() {
        gateway.on(
                PATH,
                400,
                "{'title':'Bad Request','status':400,'detail':'suite: x (expected: one of basic, robustness)'}");

        FakeGateway.Run run = gateway.run("suites", "next-word", "--suite", "x");

        assertThat(run.err()).contains("suite: x (expected: one of basic, robustness)");
        assertThat(run.code()).isEqualTo(1);
    }
}
