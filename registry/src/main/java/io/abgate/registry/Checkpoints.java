package io.abgate.registry;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.policy.ModelFold;
import io.abgate.registry.store.Checkpoint;
import io.abgate.registry.store.EventQuery;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.StoreException;
import io.abgate.registry.store.StoredEvent;
import io.abgate.registry.store.Transaction;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the states of all models in the store from time to time, so that a start goes on from there. All together,
 * because a start reads the ledger from the oldest of them. One that is not used, or not written, costs time alone.
 */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final String EVENT_TYPE = "CHECKPOINT";
    private static final int CHARACTERS_PER_ENTRY = 50;

    private final EventStore store;
    private final Pace pace;
    private long lastCharacters;

    Checkpoints(EventStore store, Pace pace) {
        this.store = store;
        this.pace = pace;
    }

    /**
     * How often.
     *
     * @param running after so many entries of the ledger
     * @param closing at the end, if there were so many since
     */
    record Pace(long running, long closing) {
        /** As shipped. */
        static final Pace SHIPPED = new Pace(10_000, 1_000);
    }

    /** A model's state, with what a snapshot says besides, up to a place of the ledger. */
    record Kept(long seq, ModelFold fold, BookSnapshot snapshot) {}

    /** The checkpoints that hold what the ledger and the present settings give. */
    Map<String, Kept> usable(Collection<ModelSettings> models) {
        Map<String, Kept> usable = new HashMap<>();
        for (Checkpoint checkpoint : store.checkpoints()) {
            models.stream()
                    .filter(settings -> settings.name().equals(checkpoint.model()))
                    .findFirst()
                    .flatMap(settings -> kept(checkpoint, settings))
                    .ifPresent(kept -> usable.put(checkpoint.model(), kept));
        }
        return usable;
    }

    /** The checkpoint of a model, if it is before a place of the ledger, and of these settings. */
    Optional<Kept> before(long seq, ModelSettings settings) {
        return store.checkpoints().stream()
                .filter(checkpoint -> checkpoint.model().equals(settings.name()) && checkpoint.seq() < seq)
                .findFirst()
                .flatMap(checkpoint -> kept(checkpoint, settings));
    }

    private Optional<Kept> kept(Checkpoint checkpoint, ModelSettings settings) {
        if (!isCovered(checkpoint)) {
            LOG.warn("{}: its checkpoint is not the one that the ledger covers; the ledger is read", settings.name());
            return Optional.empty();
        }
        if (!checkpoint.settings().equals(Snapshots.settingsDigest(settings))) {
            LOG.info(
                    "{}: its checkpoint is of other settings or of another abgate; the ledger is read",
                    settings.name());
            return Optional.empty();
        }
        try {
            BookSnapshot snapshot = Snapshots.of(checkpoint.state());
            return Optional.of(new Kept(checkpoint.seq(), ModelFold.restore(settings, snapshot.model()), snapshot));
        } catch (UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            LOG.warn("{}: its checkpoint cannot be read; the ledger is read", settings.name(), e);
            return Optional.empty();
        }
    }

    /** Whether it is the newest that was written: the only one, and the very one, that is covered after its place. */
    private boolean isCovered(Checkpoint checkpoint) {
        List<StoredEvent> covers =
                store.events(new EventQuery(checkpoint.seq(), null, null, checkpoint.model(), EVENT_TYPE, 2));
        return covers.size() == 1 && checkpoint.isCoveredBy(covers.get(0));
    }

    /** Keeps the states if enough has come since the last time. */
    void whileRunning(Books books) {
        // a state grows with what was learnt, and should not take more and more of the writer's time
        after(Math.max(pace.running, lastCharacters / CHARACTERS_PER_ENTRY), books);
    }

    /** Keeps the states before the store is closed. */
    void beforeClosing(Books books) {
        after(pace.closing, books);
    }

    private void after(long entries, Books books) {
        if (books.unkept() < entries || books.isInDoubt()) {
            return;
        }
        books.kept(); // also if this fails, or it would be tried at every tick
        try {
            Map<ModelSettings, String> states = new HashMap<>();
            books.snapshots().forEach((settings, snapshot) -> states.put(settings, Snapshots.json(snapshot)));
            lastCharacters = states.values().stream().mapToLong(String::length).sum();
            books.write(transaction -> write(transaction, states));
        } catch (StoreException | UncheckedIOException e) {
            LOG.warn(
                    "no checkpoint was written, so a start takes longer: {}",
                    e.getMessage()); // its causes hold the state
        }
    }

    private static long write(Transaction transaction, Map<ModelSettings, String> states) {
        long through = transaction.lastSeq();
        states.forEach((settings, state) -> transaction.checkpoint(
                new Checkpoint(settings.name(), through, Snapshots.settingsDigest(settings), state)));
        return through;
    }
}
