package io.abgate.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.registry.webhook.WebhookTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookReaderTest {
    private static final String URL = "alerts.webhook.url=https://hooks.example.org/T0P";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    private Path folder;

    private static Optional<WebhookTarget> load(String... assignments) {
        return Configuration.load(null, Map.of(), List.of(assignments)).webhook();
    }

    private String secretFile(String text) throws IOException {
        return "alerts.webhook.secretFile=" + Files.writeString(folder.resolve("secret"), text);
    }

    @Test
    void tellsNobodyByDefault() {
        assertThat(load()).isEmpty();
    }

    @Test
    void readsTargetPatienceAndASecretInEachLine() throws IOException {
        WebhookTarget target = load(
                        URL,
                        secretFile(SECRET + "\n\n  " + SECRET + "  \n"),
                        "alerts.webhook.timeoutMillis=100",
                        "alerts.webhook.attempts=3",
                        "alerts.webhook.retryMillis=200")
                .orElseThrow();
        assertThat(target.url()).isEqualTo(URI.create("https://hooks.example.org/T0P"));
        assertThat(target.secrets()).hasSize(2);
        assertThat(target.timeoutMillis()).isEqualTo(100);
        assertThat(target.attempts()).isEqualTo(3);
        assertThat(target.retryMillis()).isEqualTo(200);
    }

    @Test
    void isPatientByDefault() throws IOException {
        WebhookTarget target = load(URL, secretFile(SECRET)).orElseThrow();
        assertThat(target.timeoutMillis()).isEqualTo(5_000);
        assertThat(target.attempts()).isEqualTo(12);
        assertThat(target.retryMillis()).isEqualTo(1_000);
    }

    @Test
    void isNoneOfAProcessWithoutARegistry() {
        List<String> gateway = new ArrayList<>(List.of(URL, "roles=gateway", "cluster.members=127.0.0.1:5701"));
        assertThat(Configuration.load(null, Map.of(), gateway).webhook())
                .as("which needs no secret")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/T0P", "T0P", "https:///T0P", "https://user:T0P@host/", "http://a b/T0P"})
    void refusesAUrlWithoutShowingIt(String url) throws IOException {
        String secret = secretFile(SECRET);
        assertThatThrownBy(() -> load("alerts.webhook.url=" + url, secret))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("--set alerts.webhook.url: not shown (expected: http:// or https://, a host,"
                        + " no user or password)");
    }

    @Test
    void refusesAUrlWithoutASecret() throws IOException {
        assertThatThrownBy(() -> load(URL))
                .hasMessageEndingWith(
                        "alerts.webhook.secretFile: nothing (expected: a file, as alerts.webhook.url is given)");
        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> load(URL, "alerts.webhook.secretFile=" + nowhere))
                .hasMessageEndingWith(nowhere + " (expected: a text file that can be read)");
        String blank = secretFile(" \n");
        assertThatThrownBy(() -> load(URL, blank))
                .hasMessageEndingWith("(expected: a file with a secret in each line)");
    }

    @Test
    void refusesWhatIsNoSecretWithoutShowingIt() throws IOException {
        String file = secretFile(SECRET + "\nhunter2\n");
        assertThatThrownBy(() -> load(URL, file))
                .hasMessageEndingWith(
                        "(expected: a file that holds, in each line, whsec_ and the Base64 of 24 to 64 random bytes)")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeoutMillis=0", "timeoutMillis=60001", "attempts=0", "attempts=101", "retryMillis=0"})
    void refusesPatienceOutOfRange(String setting) throws IOException {
        String secret = secretFile(SECRET);
        assertThatThrownBy(() -> load(URL, secret, "alerts.webhook." + setting))
                .hasMessageContaining("(expected: a whole number from 1 to ");
    }
}
