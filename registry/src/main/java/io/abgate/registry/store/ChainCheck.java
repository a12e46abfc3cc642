package io.abgate.registry.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jspecify.annotations.Nullable;

/** Computes the hash chain and the labels' digests again, and names the first link that does not fit. */
final class ChainCheck {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Handle handle;
    private String lastHash = ChainLink.GENESIS;
    private long coveredLabels;

    ChainCheck(Handle handle) {
        this.handle = handle;
    }

    /**
     * Where the ledger is not what was written.
     *
     * @param seq of the event that does not fit; 0 when all do
     */
    record Break(long seq, String reason) {}

    /** The first break, if there is one. To be called once. */
    Optional<Break> firstBreak() {
        try (ResultIterator<ChainLink> links = EventTable.stream(handle)) {
            while (links.hasNext()) {
                ChainLink link = links.next();
                String reason = breakOf(link);
                if (reason != null) {
                    return Optional.of(new Break(link.event().seq(), reason));
                }
                lastHash = link.hash();
            }
        }
        long strangers = LabelTable.count(handle) - coveredLabels;
        return strangers == 0 ? Optional.empty() : Optional.of(new Break(0, "labels outside the chain: " + strangers));
    }

    private @Nullable String breakOf(ChainLink link) {
        if (!link.previousHash().equals(lastHash)) {
            return "the event before it is missing or was altered";
        }
        if (!link.isIntact()) {
            return "the event was altered";
        }
        boolean fits = !link.event().type().equals(LabelDigest.EVENT_TYPE) || coversItsLabels(link.event());
        return fits ? null : "its labels were altered";
    }

    private boolean coversItsLabels(StoredEvent event) {
        JsonNode range = parse(event.body());
        LabelDigest digest = new LabelDigest();
        try (ResultIterator<LabelRow> labels = LabelTable.stream(
                handle,
                event.model(),
                range.path("from").asLong(),
                range.path("to").asLong())) {
            labels.forEachRemaining(digest::add);
        }
        coveredLabels += digest.rows();
        return digest.toBody().equals(event.body());
    }

    private static JsonNode parse(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new StoreException("body of a LABELS event cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
