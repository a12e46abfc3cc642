package io.abgate.registry.store;

import io.abgate.registry.domain.PredictionId;

/** The digest of the labels that one transaction added for one model: what ties them to the hash chain. */
final class LabelDigest {
    /** Type of the event whose body this is. */
    static final String EVENT_TYPE = "LABELS";

    private final CanonicalDigest digest = new CanonicalDigest();
    private long from;
    private long to;
    private long rows;

    /** Adds the next label. */
    void add(LabelRow label) {
        from = rows == 0 ? label.seq() : from;
        to = label.seq();
        rows++;
        digest.number(label.seq()).text(label.model());
        add(label.id());
        digest.text(label.kind().name())
                .text(label.truth())
                .real(label.score())
                .number(label.arrivedAtMillis())
                .text(label.source());
    }

    private void add(PredictionId id) {
        digest.number(id.timeMillis())
                .number(id.nonce())
                .number(id.keyId())
                .number(id.flags())
                .number(id.modelId())
                .number(id.assigned())
                .number(id.answered())
                .number(id.value())
                .real(id.confidence())
                .number(id.epoch())
                .number(id.keyHash());
    }

    /** How many labels were added. */
    long rows() {
        return rows;
    }

    /** The first label's sequence number, of a body. */
    static long from(String body) {
        return EventEffects.parse(body).path("from").asLong();
    }

    /** Body of the event; ends the use of this object. */
    String toBody() {
        return "{\"from\":" + from + ",\"to\":" + to + ",\"digest\":\"" + digest.toHex() + "\"}";
    }
}
