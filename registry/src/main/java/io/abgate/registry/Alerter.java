package io.abgate.registry;

import io.abgate.registry.policy.Alerting;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.webhook.Webhook;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Enters in the ledger what becomes of alerts between checks, and lets those know who are told. On the writer thread. */
final class Alerter {
    private final Term term;
    private final Books books;
    private final InstantSource clock;
    private final MonitorBoard board;
    private final Optional<AlertDeliveries> deliveries;

    Alerter(Term term, Books books, InstantSource clock, MonitorBoard board, Optional<Webhook> webhook) {
        this.term = term;
        this.books = books;
        this.clock = clock;
        this.board = board;
        this.deliveries = webhook.map(sender -> new AlertDeliveries(term, books, sender, board.webhook(), clock));
    }

    void begin() {
        board.leads(term);
        deliveries.ifPresent(AlertDeliveries::begin);
    }

    /** What is due for a model; before and after automation, which does what is asked for and may change the champion. */
    void settle(ModelState state) {
        List<Change> due = Alerting.due(state, clock.millis());
        if (!due.isEmpty()) {
            books.commit("registry", state.settings().name(), transaction -> due);
        }
        board.stands(state);
        board.labels().stands(state, clock.millis());
    }

    void tell() {
        deliveries.ifPresent(AlertDeliveries::look);
    }
}
