package io.abgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsentCommandsTest {
    private static final String SENTENCE =
            "mail: version 2 is champion, 3 is in shadow, 1 stands by, promotions paused\n";

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
    void approvesThePromotionOfAVersionThatWaits() {
        gateway.on("POST /api/v1/models/mail/approve", 200, Recorded.MODEL);

        assertThat(gateway.run("approve", "mail", "3", "--reason", "looked at it"))
                .isEqualTo(new FakeGateway.Run(0, SENTENCE, ""));
        assertThat(gateway.requests())
                .containsExactly("POST /api/v1/models/mail/approve {\"version\":3,\"reason\":\"looked at it\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "approve, Missing required parameter: 'JOB | MODEL VERSION'",
        "approve mail, JOB: mail (expected: a whole number)",
        "approve mail three, VERSION: three (expected: a whole number)",
        "release mail, Missing required parameter: 'VERSION'"
    })
    void refusesAWrongCallOfApproveAndRelease(String call, String message) {
        FakeGateway.Run run = gateway.run(call.split(" "));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith(message);
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void releasesAVersionThatWasTakenBack() {
        gateway.on("POST /api/v1/models/mail/versions/3/release", 200, Recorded.MODEL);

        assertThat(gateway.run("release", "mail", "3", "--reason", "bad labels").out())
                .isEqualTo(SENTENCE);
        assertThat(gateway.requests())
                .containsExactly("POST /api/v1/models/mail/versions/3/release {\"reason\":\"bad labels\"}");
    }
}
