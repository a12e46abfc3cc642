package io.abgate.registry.policy;

import io.abgate.registry.domain.IssuedIds;
import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.TrafficBatch;
import io.abgate.registry.domain.TrafficCount;
import io.abgate.registry.domain.TrafficStream;
import io.abgate.registry.policy.labels.LabelRecord;
import io.abgate.registry.policy.labels.Labelled;
import io.abgate.registry.simulation.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Entries that might come in any order: a state that plays them all has been everywhere. */
final class RandomLedger {
    static final int VERSIONS = 4;

    final List<Entry> entries = new ArrayList<>();
    private final RandomGenerator random;
    private final RandomChanges changes;
    private final RandomGenerator counting = Simulation.random(5);
    private final ModelFold fold;
    private final ModelState state;
    private final List<PredictionId> requests = new ArrayList<>();
    private long seq;
    private long nonce;

    /** What an entry does to a fold. */
    interface Entry {
        void playTo(ModelFold fold);
    }

    private RandomLedger(Mail mail, RandomGenerator random) {
        this.random = random;
        this.changes = new RandomChanges(random);
        this.fold = new ModelFold(mail.settings());
        this.state = fold.state();
    }

    static RandomLedger of(Mail mail, RandomGenerator random, int entries) {
        RandomLedger ledger = new RandomLedger(mail, random);
        ledger.begin();
        while (ledger.entries.size() < entries) {
            ledger.next();
        }
        return ledger;
    }

    private void begin() {
        change(new ModelAdded(3, 60));
        for (int version = 1; version <= VERSIONS; version++) {
            change(new VersionRegistered(
                    version,
                    "sha-" + version,
                    "abgate/dense-v1",
                    Mail.LABELS,
                    Mail.INPUT,
                    version == 1 ? null : 1,
                    version == 2 ? 7L : null,
                    "test",
                    "",
                    List.of("tag"),
                    null,
                    5));
        }
        change(StageChanged.of(StageChanged.Kind.PROMOTED, 1, Stage.CHAMPION, "test"));
        route();
    }

    private void add(Entry entry) {
        entries.add(entry);
        entry.playTo(fold);
    }

    private void change(Change change) {
        long place = ++seq;
        add(to -> change.applyTo(to, place));
    }

    private void next() {
        switch (random.nextInt(50)) {
            case 0 -> move();
            case 1 -> canary();
            case 2 ->
                change(new RoutingSet(
                        changes.one(RoutingMode.values()), .01 + random.nextDouble() / 5, random.nextDouble()));
            case 3 -> change(new AutomationSet(random.nextBoolean(), random.nextBoolean(), "test"));
            case 4 ->
                change(new JobQueued(random.nextInt(5), random.nextInt(4) > 0, "test", (long) random.nextInt(99)));
            case 5 -> change(new JobEnded(random.nextInt(5), changes.ended(), null, "test", (long) random.nextInt(99)));
            case 6, 7, 8 -> route();
            case 9 -> withdraw();
            case 10, 11, 12, 13 -> answer();
            case 14 -> change(new BaselineTaken(1 + random.nextInt(VERSIONS), changes.measured()));
            case 15 -> change(changes.checked());
            case 16 -> change(changes.raised(seq));
            case 17 -> change(changes.recovered(seq));
            case 18 ->
                change(random.nextBoolean() ? new JobHeld(random.nextInt(5), "test") : new RetrainingHeld("test"));
            case 19 -> drill();
            case 20 -> promote();
            case 21 -> change(changes.said());
            case 22 -> change(new TimePassed(1_000 + nonce + random.nextInt(120)));
            case 23, 24, 25, 26 -> counted();
            default -> learn();
        }
    }

    /** Not all moves make sense; the place of a version that stood there is taken. */
    private void move() {
        Stage stage = changes.one(Stage.values());
        int version = 1 + random.nextInt(VERSIONS);
        Map<Integer, Stage> stages = state.ofStage(stage)
                .filter(other -> other.number() != version && stage.isServable())
                .map(other -> Map.of(other.number(), Stage.STANDBY, version, stage))
                .orElse(Map.of(version, stage));
        change(new StageChanged(
                StageChanged.Kind.ABORTED, version, stages, 0, "test", Map.of("figure", 1), random.nextInt(9) == 0));
    }

    private void promote() {
        int champion = state.ofStage(Stage.CHAMPION).map(VersionState::number).orElse(1);
        int version = state.ofStage(Stage.CANARY)
                .map(VersionState::number)
                .filter(canary -> canary != champion)
                .orElse(1 + champion % VERSIONS);
        change(new StageChanged(
                StageChanged.Kind.PROMOTED,
                version,
                Map.of(champion, Stage.STANDBY, version, Stage.CHAMPION),
                0,
                "test",
                Map.of(),
                false));
        route();
    }

    private void canary() {
        int version = 2 + random.nextInt(VERSIONS - 1);
        change(new StageChanged(
                StageChanged.Kind.CANARIED,
                version,
                Map.of(1, Stage.CHAMPION, version, Stage.CANARY),
                random.nextDouble(),
                "test",
                Map.of(),
                false,
                random.nextBoolean(),
                null));
    }

    private void counted() {
        List<TrafficCount> counts = new ArrayList<>();
        for (int version = 1; version <= VERSIONS; version++) {
            long epoch = state.route().map(RouteTable::epoch).orElse(0L) - random.nextInt(3) / 2;
            int units = random.nextInt(300);
            counts.add(new TrafficCount(
                    epoch, version, units + 2, units, units, random.nextInt(units + 1) / version, units / 3));
        }
        TrafficStream stream = new TrafficStream("node-" + random.nextInt(3), 1);
        long number = state.traffic().known(stream) + random.nextInt(3);
        change(new TrafficCounted(
                seq, List.of(new TrafficBatch(stream, Math.max(1, number), random.nextInt(2), 0, counts, issued()))));
    }

    /** Of some hundred places of the grid, so that times are closed, compared and merged. */
    private @Nullable IssuedIds issued() {
        if (counting.nextInt(5) == 0) {
            return null;
        }
        long from = IssuedIds.gridMillis(1_000 + nonce * counting.nextInt(400));
        List<IssuedIds.Rows> rows = new ArrayList<>();
        for (int version = 1; version <= VERSIONS; version++) {
            rows.add(new IssuedIds.Rows(from, version, counting.nextInt(300)));
        }
        return new IssuedIds(counting.nextInt(3), from + IssuedIds.GRID_MILLIS, rows);
    }

    private void drill() {
        change(new DrillBegan(
                state.ofStage(Stage.CANARY).map(VersionState::number).orElse(2),
                1,
                .1,
                7,
                random.nextDouble(),
                random.nextInt(9),
                changes.measured(),
                null,
                List.of(),
                "test",
                "test"));
    }

    private void route() {
        Set<Integer> warm = random.nextInt(4) == 0 ? Set.of(1, 2) : Set.of(1, 2, 3, 4);
        RoutePlan.of(state, version -> warm.contains(version.number()))
                .ifPresent(table -> change(new RoutePublished(table)));
    }

    private void withdraw() {
        change(changes.voided(state));
    }

    private void answer() {
        PredictionId id = random.nextBoolean() || requests.isEmpty() ? request() : any();
        int version = random.nextBoolean()
                ? 1 + random.nextInt(VERSIONS)
                : state.ofStage(Stage.SHADOW).map(VersionState::number).orElse(1 + random.nextInt(VERSIONS));
        int label = random.nextInt(3);
        add(to -> to.shadowAnswer(id.timeMillis(), id.nonce(), version, label));
        controlOf(id.assigned()).filter(control -> counting.nextBoolean()).ifPresent(control -> {
            add(to -> to.shadowAnswer(id.timeMillis(), id.nonce(), control, label));
            labelled(List.of(new Outcome(id, "ham", 1)));
        });
    }

    private Optional<Integer> controlOf(int version) {
        Stage control = state.version(version).stage() == Stage.CANARY ? Stage.CHAMPION : Stage.STANDBY;
        return state.ofStage(control).map(VersionState::number);
    }

    private void learn() {
        List<Outcome> batch = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            PredictionId id = random.nextInt(3) == 0 && !requests.isEmpty() ? any() : request();
            boolean right = random.nextInt(10) < (id.assigned() == 1 ? 8 : 3);
            boolean reward = random.nextInt(8) == 0;
            batch.add(new Outcome(id, reward ? null : "ham", reward ? random.nextDouble() : right ? 1 : 0));
        }
        labelled(batch);
    }

    private void labelled(List<Outcome> batch) {
        seq += batch.size();
        long atMillis = 1_000 + nonce;
        add(to -> to.outcomes(batch, atMillis));
        add(to -> batch.forEach(outcome -> told(to.state().labels(), labelled(outcome))));
    }

    private static void told(LabelRecord labels, Labelled label) {
        if (label.asked()) {
            labels.asked(label.process(), label.version(), label.predictedMillis());
        }
        labels.labelled(label);
    }

    /** Lags from nothing to some minutes, so that times are closed, compared and merged. */
    private static Labelled labelled(Outcome outcome) {
        PredictionId id = outcome.id();
        long lagMillis = id.nonce() % 7 * id.nonce() * 100;
        return new Labelled(
                id.nonce() % 3,
                id.assigned(),
                id.timeMillis(),
                id.timeMillis() + lagMillis,
                outcome.score(),
                id.nonce() % 5 == 0);
    }

    private PredictionId any() {
        return requests.get(requests.size() - 1 - random.nextInt(Math.min(10, requests.size())));
    }

    private PredictionId request() {
        int assigned = random.nextBoolean() ? 1 : 1 + random.nextInt(VERSIONS);
        int flags =
                switch (random.nextInt(12)) {
                    case 0 -> PredictionId.FORCED;
                    case 1, 2 -> PredictionId.ENSEMBLE | PredictionId.SAMPLED;
                    case 3, 4, 5, 6 -> PredictionId.SAMPLED;
                    default -> 0;
                };
        long epoch = state.route().map(RouteTable::epoch).orElse(0L);
        long key = random.nextInt(3) == 0 ? random.nextInt(20) : random.nextLong();
        PredictionId id = new PredictionId(1, flags, 3, assigned, assigned, 0, .9f, epoch, key, 1_000 + ++nonce, nonce);
        requests.add(id);
        return id;
    }
}
