package io.abgate.registry.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.registry.store.LedgerCheck.Break;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jspecify.annotations.Nullable;

/**
 * Computes the hash chain, the labels' digests and what is derived from both again, and names the first place that does
 * not fit.
 */
final class ChainCheck {
    private final Handle handle;
    private final EventEffects effects;
    private String lastHash = ChainLink.GENESIS;
    private long events;
    private long coveredLabels;

    ChainCheck(Handle handle) {
        this.handle = handle;
        this.effects = new EventEffects(handle);
    }

    /** Walks until the first break or the end. To be called once. */
    LedgerCheck run() {
        RowCheck rows = new RowCheck(handle, effects.withdrawals());
        Optional<Break> broken = firstBreak()
                .or(this::missingEnd)
                .or(this::strangers)
                .or(effects::strangers)
                .or(rows::labels)
                .or(rows::samples)
                .or(rows::artifacts);
        return new LedgerCheck(events, coveredLabels, rows.samplesSeen(), rows.artifactsSeen(), lastHash, broken);
    }

    private Optional<Break> firstBreak() {
        try (ResultIterator<ChainLink> links = EventTable.stream(handle, 0)) {
            while (links.hasNext()) {
                ChainLink link = links.next();
                String reason = breakOf(link);
                if (reason != null) {
                    return Optional.of(new Break(link.event().seq(), reason));
                }
                lastHash = link.hash();
                events++;
            }
        }
        return Optional.empty();
    }

    private Optional<Break> missingEnd() {
        return Lease.head(handle)
                .filter(head -> !head.equals(lastHash))
                .map(head -> new Break(0, "events are missing from the end: the newest was " + head));
    }

    private Optional<Break> strangers() {
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
        if (link.event().type().equals(LabelDigest.EVENT_TYPE)) {
            return coversItsLabels(link.event()) ? null : "its labels were altered";
        }
        return effects.missingOf(link.event());
    }

    private boolean coversItsLabels(StoredEvent event) {
        JsonNode range = EventEffects.parse(event);
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
}
