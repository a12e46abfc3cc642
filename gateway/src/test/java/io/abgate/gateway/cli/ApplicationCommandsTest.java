package io.abgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApplicationCommandsTest {
    private static final String ANSWER =
            "{'model_name':'mail','model_version':'2','parameters':{'route':'champion'},'outputs':["
                    + "{'name':'label','datatype':'BYTES','shape':[2],'data':['ham','spam']},"
                    + "{'name':'confidence','datatype':'FP64','shape':[2],'data':[0.9,0.51]},"
                    + "{'name':'prediction_id','datatype':'BYTES','shape':[2],'data':['AAA','BBB']}]}";

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
    void asksATextModelWithTexts() {
        gateway.on("GET /v2/models/mail", 200, metadata("text", "BYTES", "[-1,1]"))
                .on("POST /v2/models/mail/infer", 200, ANSWER);

        FakeGateway.Run run = gateway.run("predict", "mail", "[a list?]", "free money", "--key", "ann");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("""
                        LABEL  CONFIDENCE  VERSION  ROUTE     PREDICTION ID
                        ham         0.900        2  champion  AAA
                        spam        0.510        2  champion  BBB
                        """);
        assertThat(gateway.requests().get(1))
                .isEqualTo(
                        "POST /v2/models/mail/infer {\"parameters\":{\"key\":\"ann\"},\"inputs\":[{\"name\":\"text\","
                                + "\"datatype\":\"BYTES\",\"shape\":[2,1],\"data\":[\"[a list?]\",\"free money\"]}]}");
    }

    @Test
    void padsShortRowsOfWordsAtTheFront() {
        gateway.on("GET /v2/models/words", 200, metadata("context", "BYTES", "[-1,-1]"))
                .on("POST /v2/models/words/infer", 200, ANSWER);

        gateway.run("predict", "words", "[\"cat\"]", "[\"the\",\"cat\"]");

        assertThat(gateway.requests().get(1)).endsWith("\"shape\":[2,2],\"data\":[\"\",\"cat\",\"the\",\"cat\"]}]}");
    }

    @Test
    void asksANumericModelForOneVersion() {
        gateway.on("GET /v2/models/digits", 200, metadata("pixels", "FP32", "[-1,3]"))
                .on("POST /v2/models/digits/versions/3/infer", 200, ANSWER);

        gateway.run("predict", "digits", "[0, 5, 1.5]", "--version", "3");

        assertThat(gateway.requests().get(1))
                .isEqualTo("POST /v2/models/digits/versions/3/infer {\"inputs\":[{\"name\":\"pixels\","
                        + "\"datatype\":\"FP32\",\"shape\":[1,3],\"data\":[0,5,1.5]}]}");
    }

    @Test
    void refusesARowThatIsNoJsonOrOfAnotherLength() {
        gateway.on("GET /v2/models/digits", 200, metadata("pixels", "FP32", "[-1,3]"));

        assertThat(gateway.run("predict", "digits", "seven"))
                .isEqualTo(new FakeGateway.Run(1, "", "INPUT: seven (expected: a JSON row such as [0,5,13])\n"));
        assertThat(gateway.run("predict", "digits", "[1,2,3]", "[1,2]").err())
                .isEqualTo("INPUT: a row of 2 numbers (expected: 3)\n");
    }

    @Test
    void saysWhatWasTrueAndWhatBecameOfIt() {
        gateway.on("POST /v2/models/mail/feedback", 200, "{'accepted':1,'duplicate':0,'corrected':0,'expired':0}")
                .on("POST /v2/models/mail/feedback", 200, "{'accepted':0,'duplicate':1,'corrected':0,'expired':0}")
                .on("POST /v2/models/mail/feedback", 200, "{'accepted':0,'duplicate':0,'corrected':1,'expired':0}")
                .on("POST /v2/models/mail/feedback", 200, "{'accepted':0,'duplicate':0,'corrected':0,'expired':1}");

        assertThat(gateway.run("feedback", "mail", "AAA", "ham").out()).isEqualTo("accepted\n");
        assertThat(gateway.run("feedback", "mail", "AAA", "--reward", "0.7").out())
                .isEqualTo("known already: the same was said before\n");
        assertThat(gateway.run("feedback", "mail", "AAA", "spam").out())
                .isEqualTo("kept as a correction: the first label counts\n");
        assertThat(gateway.run("feedback", "mail", "AAA", "ham").out()).isEqualTo("too old: kept, but not counted\n");
        assertThat(gateway.requests().subList(0, 2))
                .containsExactly(
                        "POST /v2/models/mail/feedback {\"prediction_id\":\"AAA\",\"truth\":\"ham\"}",
                        "POST /v2/models/mail/feedback {\"prediction_id\":\"AAA\",\"reward\":0.7}");
    }

    @Test
    void saysWhoLabelled() {
        gateway.on("POST /v2/models/mail/feedback", 200, "{'accepted':1,'duplicate':0,'corrected':0,'expired':0}");

        gateway.run("feedback", "mail", "AAA", "ham", "--source", "nightly job");

        assertThat(gateway.requests())
                .containsExactly("POST /v2/models/mail/feedback {\"prediction_id\":\"AAA\",\"truth\":\"ham\","
                        + "\"source\":\"nightly job\"}");
    }

    private static String metadata(String name, String datatype, String shape) {
        return "{'name':'m','inputs':[{'name':'" + name + "','datatype':'" + datatype + "','shape':" + shape + "}]}";
    }
}
