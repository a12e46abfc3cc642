package io.abgate.registry.store;

/**
 * An event with the hash that ties it to everything before it.
 *
 * @param previousHash hash of the event before, {@link #GENESIS} for the first
 * @param hash SHA-256 over the previous hash and the event
 */
record ChainLink(StoredEvent event, String previousHash, String hash) {
    static final String GENESIS = "0".repeat(64);

    /** The link that ties an event to the one before it. */
    static ChainLink after(String previousHash, StoredEvent event) {
        String hash = new CanonicalDigest()
                .text(previousHash)
                .number(event.seq())
                .text(event.at().toString())
                .text(event.actor())
                .text(event.type())
                .text(event.model())
                .text(event.body())
                .toHex();
        return new ChainLink(event, previousHash, hash);
    }

    /** Whether it is what its event and its previous hash make of it. */
    boolean isIntact() {
        return equals(after(previousHash, event));
    }
}
