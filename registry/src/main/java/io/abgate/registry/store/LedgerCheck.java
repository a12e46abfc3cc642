package io.abgate.registry.store;

import java.util.Optional;

/**
 * What a walk along the hash chain, and a comparison of what was derived from it, found.
 *
 * @param events how many events fit
 * @param labels how many labels they cover
 * @param samples how many samples were compared with their labels; 0 when something broke before
 * @param artifacts how many artifacts were hashed; 0 when something broke before
 * @param head hash of the last event that fits
 * @param broken the first place that does not fit, if there is one
 */
public record LedgerCheck(long events, long labels, long samples, long artifacts, String head, Optional<Break> broken) {
    /**
     * Where the ledger is not what was written.
     *
     * @param seq of the event that does not fit; 0 when all do, and something else is wrong
     */
    public record Break(long seq, String reason) {}
}
