package io.abgate.registry;

import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model's receipts; no decision rests on it.
 *
 * @param settings place in the ledger of the newest settings; 0 before the first
 * @param digest of them
 * @param newest number of the newest receipt; 0 before the first
 * @param standing what that one says is held, if it is such a HOLD
 */
record ReceiptsKept(
        long settings, String digest, long newest, @Nullable String standing) {
    static final ReceiptsKept NONE = new ReceiptsKept(0, "", 0, null);

    ReceiptsKept after(Change change, long seq) {
        if (change instanceof SettingsInForce inForce) {
            return new ReceiptsKept(seq, inForce.digest(), newest, standing);
        }
        return change instanceof Receipt receipt ? new ReceiptsKept(settings, digest, seq, receipt.standing()) : this;
    }
}
