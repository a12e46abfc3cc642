package io.abgate.gateway.cli;

import io.abgate.gateway.client.Answer;
import io.abgate.gateway.client.Json;
import io.abgate.gateway.client.Resource;
import java.time.Duration;

/** Has a receipt computed again. */
final class ReceiptReplay {
    /** Longer than the gateway waits for the registry. */
    private static final Duration PATIENCE = Duration.ofMinutes(11);

    private ReceiptReplay() {}

    /** Prints what came of it; exit code 1 when it does not agree. */
    static int run(Gateway gateway, Output output, String receipt, boolean fromBeginning) {
        Answer answer = gateway.admin()
                .within(PATIENCE)
                .post(
                        Resource.admin("receipts", receipt, "replay"),
                        Json.object().put("from", fromBeginning ? "beginning" : "checkpoint"));
        output.print(answer, ReceiptText::replayed);
        return answer.json().path("agrees").asBoolean() ? 0 : 1;
    }
}
