package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.policy.rollout.LabelledRow;
import io.abgate.registry.policy.rollout.MaturedUnits;
import io.abgate.registry.policy.rollout.MaturedUnits.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The labels of one experiment as units, one a hashed key for each toss of the keys. Labels that are under way when keys
 * are tossed anew have their turn as they would have had: earlier tosses are kept until nothing of them waits, and the
 * last one of them in any case, for labels that are still to come.
 */
public final class Tosses {
    /** No toss of this experiment. */
    static final long NONE = -1;

    private final int version;
    private final int control;
    private final long maturityMillis;
    private final List<Toss> tosses = new ArrayList<>();
    private Tally past = Tally.NONE;
    private long untossed;

    /** Keys under one salt. */
    private record Toss(long number, UnitRows rows, MaturedUnits units, MaturedUnits audited) {
        void labelled(List<LabelledRow> labelled, long atMillis, Sinks sinks) {
            units.labelled(labelled, atMillis, sinks.all());
            List<LabelledRow> asked =
                    labelled.stream().filter(LabelledRow::audited).toList();
            audited.labelled(asked, atMillis, sinks.audited());
        }

        void advance(long atMillis, Sinks sinks) {
            units.advance(atMillis, sinks.all());
            audited.advance(atMillis, sinks.audited());
        }

        boolean isWaiting() {
            return units.waiting() > 0 || audited.waiting() > 0;
        }
    }

    /**
     * Take what has become due.
     *
     * @param earlier those of keys that were tossed before the last time
     * @param audited labels that were asked for: a sequence of units of their own, in which no other label has a part
     */
    record Sinks(MaturedUnits.Sink all, MaturedUnits.Sink earlier, MaturedUnits.Sink audited) {
        private Sinks ofEarlier() {
            return new Sinks(earlier, earlier, audited);
        }
    }

    /** Keys of these two, first tossed with a salt. */
    Tosses(int version, int control, long maturityMillis, String salt) {
        this(version, control, maturityMillis);
        toss(0, salt);
    }

    private Tosses(int version, int control, long maturityMillis) {
        this.version = version;
        this.control = control;
        this.maturityMillis = maturityMillis;
    }

    private void toss(long number, String salt) {
        tosses.add(new Toss(
                number,
                new UnitRows(version, control, salt),
                new MaturedUnits(maturityMillis),
                new MaturedUnits(maturityMillis)));
    }

    /** Keys are tossed anew. */
    void tossAnew(String salt) {
        List<Toss> earlier = tosses.subList(0, tosses.size() - 1);
        past = earlier.stream()
                .filter(toss -> !toss.isWaiting())
                .map(toss -> toss.units.tally())
                .reduce(past, Tally::plus);
        earlier.removeIf(toss -> !toss.isWaiting());
        toss(newest().number + 1, salt);
    }

    /** Nothing that is under way counts any more. */
    void restart(String salt) {
        long number = newest().number + 1;
        past = tosses.stream().map(toss -> toss.units.tally()).reduce(past, Tally::plus);
        tosses.clear();
        toss(number, salt);
    }

    /** Labels of live traffic were committed together; those of no toss that is known are labels of their version only. */
    void outcomes(List<Outcome> batch, RouteLookup routes, long atMillis, Sinks sinks) {
        Map<Long, List<Outcome>> byToss = batch.stream().collect(Collectors.groupingBy(outcome -> {
            long number = number(routes, outcome.id().epoch());
            untossed += number == NONE && outcome.isEvidence() ? 1 : 0;
            return number == NONE ? newest().number : number;
        }));
        for (Toss toss : tosses) {
            List<Outcome> own = byToss.getOrDefault(toss.number, List.of());
            toss.labelled(toss.rows.live(own, routes), atMillis, of(toss, sinks));
        }
    }

    /**
     * So that keys do not grow without end: labels of an earlier toss that come in such numbers make no more units, and
     * where no toss of a coin is asked for, keys are as good as new.
     */
    void bound(int mostKeys, boolean anew) {
        if (tosses.size() > 1) {
            List<Toss> grown = tosses.subList(0, tosses.size() - 1).stream()
                    .filter(toss -> toss.units.keys() >= 2 * mostKeys && !toss.isWaiting())
                    .toList();
            past = grown.stream().map(toss -> toss.units.tally()).reduce(past, Tally::plus);
            tosses.removeAll(grown);
        }
        if (anew && keys() >= mostKeys) {
            newest().units.forgetKeys();
            newest().audited.forgetKeys();
        }
    }

    /** Requests that both answered were labelled. */
    void pairs(List<Pairing.Pair> pairs, long atMillis, Sinks sinks) {
        untossed += pairs.stream()
                .filter(pair -> tosses.stream().noneMatch(toss -> toss.number == pair.toss()))
                .count();
        for (Toss toss : tosses) {
            List<Pairing.Pair> own =
                    pairs.stream().filter(pair -> pair.toss() == toss.number).toList();
            toss.labelled(toss.rows.pairs(own), atMillis, of(toss, sinks));
        }
    }

    /** Time went on, by the ledger. */
    void advance(long atMillis, Sinks sinks) {
        tosses.forEach(toss -> toss.advance(atMillis, of(toss, sinks)));
    }

    /** Which toss of this experiment was in force under the table of an epoch; {@link #NONE} if none that is known. */
    long number(RouteLookup routes, long epoch) {
        return tosses.stream()
                .filter(toss -> toss.rows.own(routes, epoch) != null)
                .mapToLong(toss -> toss.number)
                .max()
                .orElse(NONE);
    }

    /** What keys are hashed with now. */
    String salt() {
        return newest().rows.salt();
    }

    /** The same of all tosses of which labels may count. */
    Set<String> salts() {
        return tosses.stream().map(toss -> toss.rows.salt()).collect(Collectors.toSet());
    }

    private Sinks of(Toss toss, Sinks sinks) {
        return toss.number == newest().number ? sinks : sinks.ofEarlier();
    }

    private Toss newest() {
        return tosses.get(tosses.size() - 1);
    }

    private Tally tally() {
        return tosses.stream().map(toss -> toss.units.tally()).reduce(past, Tally::plus);
    }

    /** How old a label must be to count, in milliseconds. */
    public long maturityMillis() {
        return maturityMillis;
    }

    /** Rows labelled so far. */
    public long received() {
        return tally().received();
    }

    /** Rows labelled after the turn of their prediction: for reporting only. */
    public long late() {
        return tally().late();
    }

    /** Rows that were not taken, drawn by lot, as too many waited for their turn. */
    public long dropped() {
        return tally().dropped();
    }

    /** Rows of requests whose toss is not known, or is none of this experiment: labels of their version, and no units. */
    public long untossed() {
        return untossed;
    }

    /** Units that they made. */
    public long units() {
        return tally().units();
    }

    /** Rows that wait for their turn. */
    public int waiting() {
        return tosses.stream().mapToInt(toss -> toss.units.waiting()).sum();
    }

    /** Keys of the newest toss that no later request can make a unit of. */
    int keys() {
        return newest().units.keys();
    }

    /** When the oldest row that waits for its turn will have it; empty when none waits. */
    Optional<Long> dueMillis() {
        return tosses.stream().flatMap(toss -> toss.units.dueMillis().stream()).min(Long::compare);
    }

    ModelSnapshot.Tosses snapshot() {
        return new ModelSnapshot.Tosses(
                maturityMillis,
                tosses.stream()
                        .map(toss -> new ModelSnapshot.Toss(
                                toss.number, toss.rows.salt(), toss.units.snapshot(), toss.audited.snapshot()))
                        .toList(),
                past,
                untossed);
    }

    static Tosses restored(int version, int control, ModelSnapshot.Tosses snapshot) {
        Tosses restored = new Tosses(version, control, snapshot.maturityMillis());
        snapshot.all()
                .forEach(toss -> restored.tosses.add(new Toss(
                        toss.number(),
                        new UnitRows(version, control, toss.salt()),
                        MaturedUnits.restored(toss.units()),
                        MaturedUnits.restored(toss.audited()))));
        restored.past = snapshot.past();
        restored.untossed = snapshot.untossed();
        return restored;
    }
}
