package io.abgate.registry.webhook;

import io.abgate.registry.domain.Check;
import java.net.URI;
import java.util.List;

/**
 * Who is told of alerts over HTTP, and how patiently.
 *
 * @param url with {@code http} or {@code https} and a host
 * @param secrets each signs; the second one is there while a new one takes the place of the old
 * @param timeoutMillis that one attempt may take
 * @param attempts after which a message is given up
 * @param retryMillis before the second attempt, twice as long before each further one
 */
public record WebhookTarget(URI url, List<WebhookSecret> secrets, long timeoutMillis, int attempts, long retryMillis) {
    public WebhookTarget {
        secrets = List.copyOf(secrets);
        Check.that(isUrl(url), "alerts.webhook.url", shown(url), "http:// or https:// with a host");
        Check.that(!secrets.isEmpty(), "alerts.webhook.secretFile", "no secret", "at least one");
        Check.that(timeoutMillis > 0, "alerts.webhook.timeoutMillis", timeoutMillis, "a number from 1");
        Check.that(attempts > 0, "alerts.webhook.attempts", attempts, "a number from 1");
        Check.that(retryMillis > 0, "alerts.webhook.retryMillis", retryMillis, "a number from 1");
    }

    private static boolean isUrl(URI url) {
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null;
    }

    /** Without what may be a secret: a path often is one. */
    private static String shown(URI url) {
        return url.getScheme() + "://" + url.getHost();
    }

    /** Its place, as it may be logged. */
    String shown() {
        return shown(url);
    }
}
