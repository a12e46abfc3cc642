package io.abgate.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookSecretTest {
    /** Message, time and signature of the example in the documentation of the libraries of Standard Webhooks. */
    @Test
    void signsTheExampleOfTheSpecificationAsItsLibrariesDo() {
        assertThat(WebhookSecret.parse(Receiver.SECRET)
                        .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 64})
    void takesAsManyBytesAsTheSpecificationDoes(int bytes) {
        assertThat(WebhookSecret.parse(secret(bytes)).sign("a", 1, "{}")).startsWith("v1,");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 65})
    void refusesOtherLengths(int bytes) {
        refused(secret(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "whsec_not base64!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "hunter2"})
    void refusesWhatIsNone(String text) {
        refused(text);
    }

    private static String secret(int bytes) {
        return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    private static void refused(String text) {
        assertThatThrownBy(() -> WebhookSecret.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("whsec_ and the Base64 of 24 to 64 random bytes");
    }

    @Test
    void showsItselfToNobody() {
        assertThat(Receiver.target(1, 1).toString()).doesNotContain("MfKQ9r8GKYq");
    }
}
