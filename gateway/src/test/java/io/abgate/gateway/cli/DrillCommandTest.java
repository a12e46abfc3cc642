package io.abgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrillCommandTest {
    private static final String PATH = "POST /api/v1/models/mail/drill";
    private static final String MEASURED = "{'attempts':100,'errors':0,'right':%d,'accuracy':%s,'responseSeconds':{}}";

    private FakeGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new FakeGateway();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static String drill(double share, String measured, String baseline) {
        return "{'model':'mail','version':5,'of':2,'scale':0.5,'seed':9,'share':" + share
                + ",'until':'2026-01-31T12:00:00Z','reason':'why not','measured':" + measured + ",'baseline':"
                + baseline
                + ",'alerts':[{'kind':'ACCURACY','says':'accuracy 0.160 below the baseline','limit':0.15}],"
                + "'retraining':null}";
    }

    @Test
    void showsWhatWasMadeAndHowToEndIt() {
        gateway.on(PATH, 200, drill(0.2, MEASURED.formatted(74, "0.74"), MEASURED.formatted(90, "0.9")));

        FakeGateway.Run run = gateway.run(
                "drill",
                "mail",
                "--scale",
                "0.5",
                "--seed",
                "9",
                "--share",
                "0.2",
                "--ttl",
                "10m",
                "--reason",
                "why not");

        assertThat(run.out())
                .startsWith("mail: version 5 is version 2 with noise of 0.5 on its weights (seed 9), which is not"
                        + " touched\n\n")
                .containsPattern("rows right +74 of 100 +90 of 100\n")
                .contains(
                        "\nin a check this would be:\nALERT ACCURACY: accuracy 0.160 below the baseline (limit 0.15)\n")
                .endsWith("\nversion 5 answers 20 % of live traffic until the evidence takes it back,"
                        + " 2026-01-31T12:00:00Z, or: abgate drill mail --end\n");
        assertThat(gateway.requests())
                .containsExactly(
                        PATH + " {\"scale\":0.5,\"seed\":9,\"share\":0.2,\"ttl\":\"10m\",\"reason\":\"why not\"}");
        assertThat(run.code()).isZero();
    }

    @Test
    void saysThatNobodySawACopyThatWasOnlyMeasuredOrNotEvenThat() {
        gateway.on(PATH, 200, drill(0, "null", "null"));

        assertThat(gateway.run("drill", "mail").out())
                .endsWith("\n\nthere are no rows to measure it on\n\nnobody was answered by it\n");
        assertThat(gateway.requests()).containsExactly(PATH + " {}");
    }

    @Test
    void endsADrill() {
        gateway.on(PATH, 200, "{'model':'mail','champion':2}");

        assertThat(gateway.run("drill", "mail", "--end").out()).isEqualTo("mail: version 2 is champion\n");
        assertThat(gateway.requests()).containsExactly(PATH + " {\"end\":true}");
        assertThat(gateway.run("drill", "mail", "--end", "--share", "0.1").code())
                .isEqualTo(2);
    }

    @Test
    void aModelsStatusSaysThatOneRuns() {
        gateway.on(
                "GET /api/v1/models/mail",
                200,
                "{'model':'mail','champion':2,'drill':{'version':5,'of':2,'scale':0.5,'seed':9,'share':0.2,"
                        + "'until':'2026-01-31T12:00:00Z','reason':'why not'},'versions':[]}");

        assertThat(gateway.run("status", "mail").out())
                .contains("\ndrill: version 5 is version 2 with noise of 0.5 on its weights (seed 9), with 20 % until"
                        + " 2026-01-31T12:00:00Z: why not\n");
    }
}
