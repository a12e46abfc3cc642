package io.abgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckCommandTest {
    private static final String PATH = "POST /api/v1/models/digits/check";
    private static final String MEASURED = "{'attempts':100,'errors':0,'right':%d,'accuracy':0.9,'interval':[0.8,1],"
            + "'balancedAccuracy':0.91,'confidence':0.95,'brier':0.1,'calibrationError':0.02,'responseSeconds':"
            + "{'mean':0.001,'p50':0.0005,'p95':0.002,'p99':0.003,'max':null}}";
    private static final String HEAD = "{'model':'digits','version':2,'sha256':'0123456789abcdef',"
            + "'source':'evaluation rows','live':{'source':'live labels',"
            + "'labels':40,'right':31,'accuracy':0.775,'interval':[0.5,0.9],'truths':40,'errors':3,"
            + "'balancedAccuracy':0.71,'confidence':0.9,'brier':0.05,'calibrationError':0.1},'measured':"
            + MEASURED.formatted(74) + ",'baseline':";
    private static final String ALERT =
            "{'kind':'ACCURACY','value':0.16,'limit':0.15,'says':'accuracy 0.160 below the baseline'}";

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
    void showsEveryFigureBesideTheBaselineAndWhatIsWrong() {
        gateway.on(
                PATH,
                200,
                HEAD + MEASURED.formatted(90) + ",'alerts':[" + ALERT + "],'retraining':'accuracy dropped by 0.160'}");

        FakeGateway.Run run = gateway.run("check", "digits");

        assertThat(run.out())
                .startsWith("digits version 2 on evaluation rows\n")
                .containsPattern("rows right +74 of 100 +90 of 100 +31 of 40\n")
                .containsPattern("balancedAccuracy +0\\.910 +0\\.910 +0\\.710\n")
                .containsPattern("brier +0\\.100 +0\\.100\n")
                .containsPattern("p95 ms a row +2\\.0000 +2\\.0000 *\n")
                .containsPattern("max ms a row +- +- *\n")
                .contains("\nALERT ACCURACY: accuracy 0.160 below the baseline (limit 0.15)\n")
                .endsWith("\nasks for a retraining: accuracy dropped by 0.160\n");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void endsWellWhenNothingIsWrongAlsoWithoutABaseline() {
        gateway.on(PATH, 200, HEAD + "null,'alerts':[],'retraining':null}");

        FakeGateway.Run run = gateway.run("check", "digits");

        assertThat(run.out())
                .containsPattern("rows right +74 of 100 +- +31 of 40\n")
                .endsWith("\n\nnothing is wrong\n");
        assertThat(run.code()).isZero();
    }
}
