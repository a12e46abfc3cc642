package io.abgate.gateway.routing;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The overrides of this gateway: begun and ended by operators without a registry, ended by time too, and when the table
 * in force no longer has the version. One per process, safe for all threads; what changes them blocks.
 */
public final class Overrides {
    private static final Logger LOG = LoggerFactory.getLogger(Overrides.class);

    private final Routes routes;
    private final Hosting hosting;
    private final OverrideFile file;
    private final String node;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final Map<String, Long> deadlines = new ConcurrentHashMap<>();
    private volatile List<Overriding> kept = List.of();
    private boolean ours;
    private volatile boolean unsaved;
    private String trouble = "";

    /**
     * No overrides yet.
     *
     * @param node name of this process
     */
    public Overrides(Routes routes, Hosting hosting, OverrideFile file, String node, InstantSource clock) {
        this(routes, hosting, file, node, clock, System::nanoTime);
    }

    Overrides(
            Routes routes,
            Hosting hosting,
            OverrideFile file,
            String node,
            InstantSource clock,
            LongSupplier nanoClock) {
        this.routes = routes;
        this.hosting = hosting;
        this.file = file;
        this.node = node;
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    /** Goes on with what ran when the process ended. */
    synchronized void recall() {
        try {
            takeFile();
        } catch (IOException e) {
            LOG.warn("overrides are not resumed: {}", e.toString());
        }
    }

    private void takeFile() throws IOException {
        ours = file.open();
        if (ours) {
            kept = List.copyOf(file.load());
            kept.forEach(this::limit);
            follow();
        }
    }

    /** A clock that is set back must not prolong an override for ever. */
    private void limit(Overriding one) {
        long left = Math.min(one.until() - clock.millis(), one.until() - one.from());
        deadlines.put(one.id(), nanoClock.getAsLong() + TimeUnit.MILLISECONDS.toNanos(left));
    }

    /** Those that run. */
    public List<Overriding> running() {
        return kept.stream().filter(Overriding::runs).toList();
    }

    /**
     * Sends all live traffic of a model to one version, in place of what overrode it before.
     *
     * @throws io.abgate.registry.contract.Refusal when the version cannot answer, or it cannot be kept on disk
     */
    public synchronized Overriding begin(String model, int version, Duration ttl, String reason) {
        check(model, version);
        requireFile();
        long now = clock.millis();
        Overriding begun = new Overriding(
                UUID.randomUUID().toString(),
                model,
                node,
                version,
                now,
                now + ttl.toMillis(),
                reason,
                null,
                false,
                false);
        List<Overriding> next = new ArrayList<>(ended(one -> one.model().equals(model) ? one.endedAt(now) : one));
        next.add(begun);
        try {
            file.save(next);
        } catch (IOException e) {
            throw refusal(Failure.UNAVAILABLE, file, "not kept: " + e, "a disk that takes it");
        }
        limit(begun);
        kept = List.copyOf(next);
        publish();
        LOG.warn("version {} of {} answers all live traffic here for {}: {}", version, model, ttl, reason);
        return begun;
    }

    private void check(String model, int number) {
        RouteTable table = routes.table(model)
                .orElseThrow(() -> refusal(Failure.NOT_FOUND, "model", model, "one that this gateway has a table of"));
        List<Integer> served =
                table.versions().stream().map(RoutedVersion::version).toList();
        RoutedVersion version = table.version(number)
                .orElseThrow(() -> refusal(Failure.CONFLICT, "version", number, "one that is served, of " + served));
        if (!hosting.anywhere(model, version)) {
            throw refusal(Failure.CONFLICT, "version", number, "one that answers on a node that this gateway reaches");
        }
    }

    /** What kept the file from us at the start may be over. */
    private void requireFile() {
        try {
            if (!ours) {
                takeFile();
            }
        } catch (IOException e) {
            throw refusal(Failure.UNAVAILABLE, file, "not kept: " + e, "a disk that takes it");
        }
        if (!ours) {
            throw refusal(Failure.CONFLICT, "home", "that of another gateway too", "one gateway with this " + file);
        }
    }

    private static RuntimeException refusal(Failure failure, Object name, Object came, String expected) {
        return failure.because(Check.message(name.toString(), came, expected));
    }

    /**
     * Ends what overrides a model; gives what it was.
     *
     * @throws io.abgate.registry.contract.Refusal when it has ended here, but the disk does not take that; to be tried
     *     again, or the next start resumes it
     */
    public synchronized Optional<Overriding> end(String model) {
        Optional<Overriding> ending = kept.stream()
                .filter(one -> one.model().equals(model) && (one.runs() || unsaved))
                .reduce((earlier, later) -> later);
        ending.ifPresent(last -> replace(ended(one -> one.id().equals(last.id()) ? one.endedAt(clock.millis()) : one)));
        if (ending.isPresent() && unsaved) {
            throw refusal(
                    Failure.UNAVAILABLE,
                    file,
                    "ended here, but not kept: " + trouble,
                    "a disk that takes it; try again");
        }
        return ending;
    }

    /** Whether {@link #follow} would change or write something. */
    boolean isDue() { // without a lock: a disk that hangs must not hold an event loop

        return unsaved || kept.stream().anyMatch(this::isOver);
    }

    /** Ends what is over. */
    synchronized void follow() {
        replace(ended(one -> isOver(one) ? one.endedAt(clock.millis()) : one));
    }

    private boolean isOver(Overriding one) {
        Long deadline = deadlines.get(one.id());
        boolean late = clock.millis() >= one.until() || (deadline != null && nanoClock.getAsLong() - deadline >= 0);
        boolean gone = routes.table(one.model())
                .filter(table -> table.version(one.version()).isEmpty())
                .isPresent();
        return one.runs() && (late || gone);
    }

    /** The next one that a registry has not heard everything of. */
    Optional<Overriding> untold() {
        return kept.stream().filter(Overriding::isUntold).findFirst();
    }

    /** A registry has taken the next notice of an override; what ended and is told is forgotten. */
    synchronized void told(String id) {
        replace(kept.stream()
                .map(one -> one.id().equals(id) ? one.told() : one)
                .filter(one -> one.runs() || one.isUntold())
                .toList());
    }

    private List<Overriding> ended(UnaryOperator<Overriding> change) {
        return kept.stream().map(one -> one.runs() ? change.apply(one) : one).toList();
    }

    /** In force at once, and written until the disk takes it. */
    private void replace(List<Overriding> next) {
        unsaved = unsaved || !next.equals(kept);
        kept = List.copyOf(next);
        publish();
        try {
            if (unsaved) {
                file.save(kept);
                unsaved = false;
                trouble = "";
            }
        } catch (IOException e) {
            if (!e.toString().equals(trouble)) {
                LOG.warn("overrides are not kept, {} says what was: {}", file, e.toString());
            }
            trouble = e.toString();
        }
    }

    private void publish() {
        deadlines.keySet().retainAll(kept.stream().map(Overriding::id).toList());
        routes.override(running().stream().collect(Collectors.toMap(Overriding::model, Overriding::version)));
    }

    /** Leaves them to the next process. */
    void close() throws IOException {
        file.close();
    }
}
