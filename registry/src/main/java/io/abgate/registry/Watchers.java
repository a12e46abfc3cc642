package io.abgate.registry;

import io.abgate.registry.webhook.WebhookTarget;
import java.util.Optional;

/**
 * Who is told of alerts, besides the log and the ledger.
 *
 * @param board for meters
 * @param webhook told by the registry that leads; empty for none
 */
public record Watchers(MonitorBoard board, Optional<WebhookTarget> webhook) {
    /** A board that nobody looks at. */
    static Watchers none() {
        return new Watchers(new MonitorBoard(System::nanoTime), Optional.empty());
    }
}
