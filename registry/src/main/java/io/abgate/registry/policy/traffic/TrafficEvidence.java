package io.abgate.registry.policy.traffic;

import io.abgate.registry.domain.Guardrails;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.domain.TrafficCount;
import io.abgate.registry.domain.TrafficStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the requests of one model say, in the order of the ledger. Same batches, same state, to the last bit; a batch that
 * is told again changes nothing.
 */
public final class TrafficEvidence {
    /** Gateways that are remembered: those heard longest ago are gone. */
    private static final int MOST_HEARD = 256;

    private final Guardrails guardrails;
    private final double alpha;
    private final double alphaSplit;
    private final Map<TrafficStream, Long> heard = new LinkedHashMap<>();
    private final Map<Integer, GuardrailLife> lives = new TreeMap<>();
    private final Map<Integer, TrafficSnapshot.Answered> answered = new TreeMap<>();
    private @Nullable LivePair experiment;
    private SplitArrivals arrivals;
    private long uncounted;
    private long lost;

    /**
     * Evidence of nothing yet.
     *
     * @param alpha false-rollback probability of a version's life
     * @param alphaSplit probability at most with which a healthy split is called broken, per experiment and look at it
     */
    public TrafficEvidence(Guardrails guardrails, double alpha, double alphaSplit) {
        this.guardrails = guardrails;
        this.alpha = alpha;
        this.alphaSplit = alphaSplit;
        this.arrivals = new SplitArrivals(alphaSplit);
    }

    /**
     * A batch was committed.
     *
     * @param running what is compared now; null for nothing
     * @param routes the table of an epoch, null when it is unknown
     * @return whether it was taken: not when it is known already
     */
    public boolean add(TrafficBatch batch, @Nullable LivePair running, LongFunction<@Nullable RouteTable> routes) {
        if (batch.number() <= known(batch.stream())) {
            return false;
        }
        hear(batch);
        batch.counts().forEach(this::answered);
        if (running != null) {
            compare(batch, running, routes);
        }
        return true;
    }

    private void compare(TrafficBatch batch, LivePair running, LongFunction<@Nullable RouteTable> routes) {
        follow(running);
        arrivals.place(batch.stream()).ifPresent(place -> batch.counts().stream()
                .collect(Collectors.groupingBy(TrafficCount::epoch, TreeMap::new, Collectors.toList()))
                .forEach((epoch, counts) -> block(running, place, routes.apply(epoch), counts)));
    }

    private void hear(TrafficBatch batch) {
        heard.remove(batch.stream()); // so that it becomes the last
        heard.put(batch.stream(), batch.number());
        if (heard.size() > MOST_HEARD) {
            heard.remove(heard.keySet().iterator().next());
        }
        uncounted += batch.uncounted();
        lost += batch.lost();
    }

    private void answered(TrafficCount count) {
        answered.merge(
                count.version(),
                new TrafficSnapshot.Answered(count.version(), count.requests(), count.rows()),
                (before, more) -> new TrafficSnapshot.Answered(
                        before.version(), before.requests() + more.requests(), before.rows() + more.rows()));
    }

    private void follow(LivePair running) {
        if (experiment == null || !running.isOfTheSame(experiment)) {
            arrivals = new SplitArrivals(alphaSplit);
            life(running.version()).newExperiment();
        }
        experiment = running;
    }

    private void block(LivePair running, int place, @Nullable RouteTable table, List<TrafficCount> counts) {
        if (table == null || !running.tosses(table)) {
            return;
        }
        double propensityNew = running.propensityNew(table);
        if (propensityNew > 0 && propensityNew < 1) {
            TrafficCount fresh = of(running.version(), table.epoch(), counts);
            TrafficCount control = of(running.control(), table.epoch(), counts);
            arrivals.add(place, fresh.units(), control.units(), propensityNew);
            life(running.version()).add(place, fresh, control, propensityNew);
        }
    }

    private static TrafficCount of(int version, long epoch, List<TrafficCount> counts) {
        TrafficCount none = new TrafficCount(epoch, version, 0, 0, 0, 0, 0);
        return counts.stream().filter(count -> count.version() == version).reduce(none, TrafficCount::plus);
    }

    private GuardrailLife life(int version) {
        return lives.computeIfAbsent(version, absent -> new GuardrailLife(guardrails, alpha));
    }

    /** Another experiment begins, or goes on after another one: its split is looked at afresh. */
    public void newExperiment() {
        experiment = null;
    }

    /** An operator has looked at the split: what was found of it is over. */
    public void lookAfresh() {
        arrivals.lookAfresh();
    }

    /** A version begins a new life. */
    public void newLife(int version) {
        lives.remove(version);
    }

    /** A version goes on with its life, but without what was gained against it. */
    public void forgetGains(int version) {
        against(version).ifPresent(GuardrailLife::forgetGains);
    }

    /** Number of the last batch of a stream; 0 before the first. */
    public long known(TrafficStream stream) {
        return heard.getOrDefault(stream, 0L);
    }

    /** How the units of an experiment arrive; empty until the first do. */
    public Optional<SplitArrivals> arrivals(LivePair of) {
        return experiment != null && of.isOfTheSame(experiment) ? Optional.of(arrivals) : Optional.empty();
    }

    /** What requests say against a version; empty until it was compared. */
    public Optional<GuardrailLife> against(int version) {
        return Optional.ofNullable(lives.get(version));
    }

    /** Requests and rows that the split gave to a version. */
    public TrafficSnapshot.Answered answered(int version) {
        return answered.getOrDefault(version, new TrafficSnapshot.Answered(version, 0, 0));
    }

    /** Keyed requests that could be no units, as too many keys were known already. */
    public long uncounted() {
        return uncounted;
    }

    /** Requests that were not over in time to be counted. */
    public long lost() {
        return lost;
    }

    /** All that changes in it. */
    public TrafficSnapshot snapshot() {
        return new TrafficSnapshot(
                heard.entrySet().stream()
                        .map(one -> new TrafficSnapshot.Heard(one.getKey(), one.getValue()))
                        .toList(),
                experiment,
                arrivals.snapshot(),
                lives.entrySet().stream()
                        .map(one -> one.getValue().snapshot(one.getKey()))
                        .toList(),
                List.copyOf(answered.values()),
                uncounted,
                lost);
    }

    /** The evidence of which a snapshot was taken. */
    public static TrafficEvidence restored(
            Guardrails guardrails, double alpha, double alphaSplit, TrafficSnapshot snapshot) {
        TrafficEvidence evidence = new TrafficEvidence(guardrails, alpha, alphaSplit);
        snapshot.heard().forEach(one -> evidence.heard.put(one.stream(), one.batch()));
        evidence.experiment = snapshot.experiment();
        evidence.arrivals = SplitArrivals.restored(alphaSplit, snapshot.streams());
        snapshot.lives()
                .forEach(one -> evidence.lives.put(one.version(), GuardrailLife.restored(guardrails, alpha, one)));
        snapshot.answered().forEach(one -> evidence.answered.put(one.version(), one));
        evidence.uncounted = snapshot.uncounted();
        evidence.lost = snapshot.lost();
        return evidence;
    }
}
