package io.abgate.registry;

import io.abgate.registry.policy.AlertRaised;
import io.abgate.registry.policy.AlertRecovered;
import io.abgate.registry.store.EventQuery;
import io.abgate.registry.store.StoreException;
import io.abgate.registry.store.StoredEvent;
import io.abgate.registry.webhook.Webhook;
import io.abgate.registry.webhook.WebhookCounts;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the webhook told what the ledger says of alerts, one after another in the ledger's order, each at least once: what
 * is done with is marked there, so that the next leader goes on from the mark and repeats at most what was under way.
 * The ledger is the queue. On the writer thread, but for the sending itself.
 */
final class AlertDeliveries {
    private static final Logger LOG = LoggerFactory.getLogger(AlertDeliveries.class);
    private static final int PAGE = 100;
    private static final long AGAIN_MILLIS = 1_000;
    /** What nobody could be told for longer is no news. */
    private static final Duration NEWS = Duration.ofDays(1);

    private final Term term;
    private final Books books;
    private final Webhook webhook;
    private final WebhookCounts counts;
    private final InstantSource clock;
    private long upTo;
    private boolean begun;
    private boolean busy;
    private boolean mayBeMore = true;

    AlertDeliveries(Term term, Books books, Webhook webhook, WebhookCounts counts, InstantSource clock) {
        this.term = term;
        this.books = books;
        this.webhook = webhook;
        this.counts = counts;
        this.clock = clock;
    }

    /** Goes on from the mark; without one, which is the first time of all, from now on. Tried again until it succeeds. */
    void begin() {
        EventQuery all = new EventQuery(0, null, null, null, AlertsDelivered.TYPE, Integer.MAX_VALUE);
        upTo = books.store().events(all).stream()
                .flatMap(event -> Changes.of(event).stream())
                .mapToLong(change -> ((AlertsDelivered) change).upTo())
                .max()
                .orElseGet(this::firstMark);
        begun = true;
    }

    private long firstMark() {
        long now = books.store().lastSeq();
        mark(now);
        return now;
    }

    private void mark(long place) {
        books.write(transaction ->
                transaction.append("registry", AlertsDelivered.TYPE, "", Changes.json(new AlertsDelivered(place))));
    }

    /** Begins to send the oldest that waits, unless one is on its way. */
    void look() {
        if (!begun) {
            begin();
        }
        mayBeMore |= books.toldSeq() > upTo;
        if (!busy && mayBeMore) {
            Optional<StoredEvent> oldest = oldest();
            mayBeMore = oldest.isPresent();
            oldest.ifPresent(this::send);
        }
    }

    private Optional<StoredEvent> oldest() {
        List<StoredEvent> page = page();
        while (!page.isEmpty()) {
            for (StoredEvent event : page) {
                if (isToSend(event)) {
                    return Optional.of(event);
                }
                upTo = event.seq();
            }
            page = page();
        }
        upTo = Math.max(upTo, books.toldSeq());
        return Optional.empty();
    }

    /** The first events of alerts after those that are done with, in order, as far as none is left out. */
    private List<StoredEvent> page() {
        List<StoredEvent> raised = after(AlertRaised.TYPE);
        List<StoredEvent> recovered = after(AlertRecovered.TYPE);
        long end = Math.min(end(raised), end(recovered));
        return Stream.concat(raised.stream(), recovered.stream())
                .filter(event -> event.seq() <= end)
                .sorted(Comparator.comparingLong(StoredEvent::seq))
                .toList();
    }

    private List<StoredEvent> after(String type) {
        return books.store().events(new EventQuery(upTo, null, null, null, type, PAGE));
    }

    private static long end(List<StoredEvent> events) {
        return events.size() < PAGE ? Long.MAX_VALUE : events.get(PAGE - 1).seq();
    }

    private boolean isToSend(StoredEvent event) {
        if (Changes.of(event).filter(AlertText::isTold).isEmpty()) {
            return false;
        }
        boolean isNews = event.at().plus(NEWS).isAfter(clock.instant());
        if (!isNews) {
            counts.gaveUp(1);
            LOG.warn("the webhook is not told of event {}, which is older than a day", event.seq());
        }
        return isNews;
    }

    private void send(StoredEvent event) {
        busy = true;
        String id = "abgate_" + books.store().storeId() + "_" + event.seq();
        String body =
                AlertText.message(id, event, Changes.of(event).orElseThrow()).encode();
        term.context().runOnContext(now -> webhook.send(id, body, () -> !term.isOver() && !term.isOverdue())
                .compose(done -> term.submit(() -> done(event.seq())))
                .onFailure(failure -> later()));
    }

    /** The next look, a moment later, goes on. */
    private boolean done(long place) {
        upTo = Math.max(upTo, place);
        try {
            mark(place);
        } catch (StoreException e) {
            LOG.warn("the webhook may be told of event {} again: {}", place, e.getMessage());
        }
        busy = false;
        return true;
    }

    /** The right to send, or the writer, was not to be had. */
    private void later() {
        if (!term.isOver()) {
            Future<?> wait = term.context().owner().timer(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            wait.compose(done -> term.submit(this::free)).onFailure(failure -> later());
        }
    }

    private boolean free() {
        busy = false;
        return true;
    }
}
