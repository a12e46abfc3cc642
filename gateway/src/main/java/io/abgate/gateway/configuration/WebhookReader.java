package io.abgate.gateway.configuration;

import io.abgate.registry.webhook.WebhookSecret;
import io.abgate.registry.webhook.WebhookTarget;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Who is told of alerts over HTTP. Refuses what would be found out only at the first alert. */
final class WebhookReader {
    private static final int LONGEST_MILLIS = 60_000;
    private static final int MOST_ATTEMPTS = 100;

    private final Settings settings;

    WebhookReader(Settings settings) {
        this.settings = settings;
    }

    /** The target; empty when no URL is given. */
    Optional<WebhookTarget> read() {
        Value url = settings.at("alerts.webhook.url");
        long timeoutMillis = settings.at("alerts.webhook.timeoutMillis").wholeNumber(1, LONGEST_MILLIS);
        int attempts = settings.at("alerts.webhook.attempts").wholeNumber(1, MOST_ATTEMPTS);
        long retryMillis = settings.at("alerts.webhook.retryMillis").wholeNumber(1, LONGEST_MILLIS);
        return url.isBlank()
                ? Optional.empty()
                : Optional.of(new WebhookTarget(url(url), secrets(), timeoutMillis, attempts, retryMillis));
    }

    /** What came is not shown: a part of such a URL is often secret. */
    private static URI url(Value value) {
        try {
            URI url = new URI(value.text());
            boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (isHttp && url.getHost() != null && url.getUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw wrongUrl(value);
        }
        throw wrongUrl(value);
    }

    private static ConfigurationException wrongUrl(Value value) {
        return ConfigurationException.expected(
                value.hiddenWhere(), "not shown", "http:// or https://, a host, no user or password");
    }

    /** One a line, as when one takes the place of another; none is ever shown. */
    private List<WebhookSecret> secrets() {
        Value file = settings.at("alerts.webhook.secretFile");
        List<String> lines = lines(file);
        file.require(!lines.isEmpty(), "a file with a secret in each line");
        try {
            return lines.stream().map(WebhookSecret::parse).toList();
        } catch (IllegalArgumentException e) {
            throw file.refusal("a file that holds, in each line, " + e.getMessage());
        }
    }

    private static List<String> lines(Value file) {
        file.require(!file.isBlank(), "a file, as alerts.webhook.url is given");
        try {
            return Files.readAllLines(Path.of(file.text())).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException | InvalidPathException e) {
            throw file.refusal("a text file that can be read");
        }
    }
}
