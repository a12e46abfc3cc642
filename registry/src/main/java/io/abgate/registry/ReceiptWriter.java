package io.abgate.registry;

import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.Receipt;
import io.abgate.registry.policy.Receipt.Inputs;
import io.abgate.registry.policy.Receipts;
import io.abgate.registry.policy.StateDigest;
import io.abgate.registry.policy.Verdict;
import io.abgate.registry.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/** Writes the receipts of verdicts: that of one that acts in the transaction of what it does, so that it has one for sure. */
final class ReceiptWriter {
    private static final String REGISTRY = "registry";

    private final Books books;

    ReceiptWriter(Books books) {
        this.books = books;
    }

    /**
     * Commits what a verdict does together with its receipt.
     *
     * @param act gives the change that the verdict makes, told the number of the receipt
     */
    void act(ModelState state, Verdict verdict, Inputs inputs, BiFunction<Transaction, Long, Change> act) {
        commit(state, verdict, inputs, Optional.of(act));
    }

    /** Commits the receipt of what is held in this state, unless the newest one tells of it already. */
    void standing(ModelState state, Inputs inputs) {
        String told = books.receipts(state.settings().name()).standing();
        Receipts.verdict(state, inputs)
                .filter(verdict -> !Receipts.standing(state, verdict).equals(told))
                .ifPresent(verdict -> commit(state, verdict, inputs, Optional.empty()));
    }

    private void commit(
            ModelState state, Verdict verdict, Inputs inputs, Optional<BiFunction<Transaction, Long, Change>> act) {
        String model = state.settings().name();
        Optional<SettingsInForce> news = newSettings(state);
        Sources sources = new Sources(books.store(), model, Long.MAX_VALUE);
        books.commit(REGISTRY, model, transaction -> {
            long next = transaction.lastSeq() + 1;
            long settings = news.isPresent() ? next : books.receipts(model).settings();
            long number = news.isPresent() ? next + 1 : next;
            Receipt.Policy policy = new Receipt.Policy(settings, StateDigest.of(state.settings()));
            List<Change> changes = new ArrayList<>();
            news.ifPresent(changes::add);
            changes.add(Receipts.of(state, verdict, inputs, policy, sources::labels, Sources.software()));
            act.ifPresent(does -> changes.add(Objects.requireNonNull(does.apply(transaction, number))));
            return changes;
        });
    }

    /** The settings, where no receipt was made under them since others were in force. */
    private Optional<SettingsInForce> newSettings(ModelState state) {
        String known = books.receipts(state.settings().name()).digest();
        return Optional.of(SettingsInForce.of(state.settings()))
                .filter(settings -> !settings.digest().equals(known));
    }
}
