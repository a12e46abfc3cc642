package io.abgate.model.routing;

import io.abgate.registry.contract.RouteTables;
import io.abgate.registry.contract.StoreBinding;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.Seal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest genuine route table of every model: sealed by a key of this installation, and of the store that this
 * process belongs to. One per process, safe for all threads; readers see immutable snapshots.
 */
public final class RouteBook {
    private static final Logger LOG = LoggerFactory.getLogger(RouteBook.class);
    private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Seal seal;
    private final StoreBinding binding;
    private final LongSupplier nanoClock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<String, KnownTable> tables = Map.of();
    private final AtomicLong refused = new AtomicLong();
    private long loggedNanos;

    /**
     * An empty one.
     *
     * @param keys that the registry of this installation seals with
     * @param binding of this process; the first genuine tables bind it
     */
    public RouteBook(KeyRing keys, StoreBinding binding) {
        this(keys, binding, System::nanoTime);
    }

    RouteBook(KeyRing keys, StoreBinding binding, LongSupplier nanoClock) {
        this.seal = new Seal(keys, RouteTables.PURPOSE);
        this.binding = binding;
        this.nanoClock = nanoClock;
    }

    /** The store that this process belongs to. */
    public StoreBinding binding() {
        return binding;
    }

    /** The table of a model, if one is known. */
    public Optional<KnownTable> find(String model) {
        return Optional.ofNullable(tables.get(model));
    }

    /** Every table by its model. */
    public Map<String, KnownTable> tables() {
        return tables;
    }

    /** Runs something after every change, on whichever thread made it. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Seconds since a registry last said that a table is in force. */
    public double ageSeconds(KnownTable known) {
        return (nanoClock.getAsLong() - known.confirmedNanos()) / NANOS_PER_SECOND;
    }

    /** How many messages with tables were refused. */
    public long refused() {
        return refused.get();
    }

    /** Takes what is genuine and not older than what is known; says whether that changed anything but its age. */
    public boolean offer(RouteTables offered) {
        boolean changed = take(offered);
        if (changed) {
            listeners.forEach(Runnable::run);
        }
        return changed;
    }

    private synchronized boolean take(RouteTables offered) {
        if (!seal.holds(offered.text(), offered.seal())) {
            refuse("their seal is by no key of this installation's token.keys");
            return false;
        }
        if (!binding.bind(offered.storeId())) {
            refuse("they are of store " + offered.storeId() + ", and this process belongs to store "
                    + binding.storeId().orElse("none") + " by its " + RouteCopy.FILE
                    + " or the first registry it heard");
            return false;
        }
        Map<String, KnownTable> merged = new HashMap<>(tables);
        long now = nanoClock.getAsLong();
        offered.tables().forEach(table -> merged.merge(table.model(), fresh(table, now), RouteBook::later));
        boolean changed = !sameButAge(merged);
        tables = Map.copyOf(merged);
        return changed;
    }

    private static KnownTable fresh(RouteTable table, long now) {
        return new KnownTable(table, false, now);
    }

    private static KnownTable later(KnownTable known, KnownTable said) {
        return known.after(said.table(), said.confirmedNanos());
    }

    private boolean sameButAge(Map<String, KnownTable> merged) {
        return merged.size() == tables.size()
                && merged.values().stream().allMatch(known -> find(known.table().model())
                        .filter(before -> before.stale() == known.stale()
                                && before.table().equals(known.table()))
                        .isPresent());
    }

    /** Takes the tables of a copy, as stale ones, of models of which nothing is known yet. */
    void recall(List<RouteCopy.Saved> saved, long wallMillis) {
        synchronized (this) {
            Map<String, KnownTable> merged = new HashMap<>(tables);
            saved.forEach(one -> merged.putIfAbsent(
                    one.table().model(),
                    new KnownTable(one.table(), true, nanoClock.getAsLong() - one.ageNanos(wallMillis))));
            tables = Map.copyOf(merged);
        }
        listeners.forEach(Runnable::run);
    }

    /** What a copy is to say at this time. */
    List<RouteCopy.Saved> toSave(long wallMillis) {
        long now = nanoClock.getAsLong();
        return tables.values().stream()
                .map(known -> new RouteCopy.Saved(
                        known.table(), wallMillis - TimeUnit.NANOSECONDS.toMillis(now - known.confirmedNanos())))
                .toList();
    }

    private void refuse(String why) {
        long count = refused.incrementAndGet();
        long now = nanoClock.getAsLong();
        if (count == 1 || now - loggedNanos >= LOG_NANOS) {
            loggedNanos = now;
            LOG.warn("route tables were refused, {} so far: {}", count, why);
        }
    }
}
