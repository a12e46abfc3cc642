package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.ModelSettings.Drop;
import io.abgate.registry.domain.ModelSettings.Promotion;
import io.abgate.registry.domain.Restraint;
import io.abgate.registry.domain.Restraint.Approval;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.policy.labels.LabelSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A state that was put down and taken up again goes on as if nothing had happened. */
final class ModelSnapshotTest {
    private static final int ENTRIES = 500;
    private static final Mail EAGER = new Mail(20, new Drop(10, .10, .05, 3), Promotion.COUNT, 5, RoutingMode.ADAPTIVE)
            .restrainedBy(new Restraint(60, 3, 2, Approval.AUTOMATIC))
            .guardedBy(.3);

    /** All that can be seen of a state. */
    private record Seen(ModelSnapshot snapshot, Optional<Verdict> verdict, Optional<RouteTable> planned) {
        static Seen of(ModelState state) {
            return new Seen(
                    state.snapshot(),
                    Decisions.next(state, Instant.ofEpochMilli(50), true),
                    RoutePlan.of(state, version -> true));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void goesOnFromAnyPlaceToTheSameStatesAndDecisions(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<RandomLedger.Entry> entries = RandomLedger.of(EAGER, random, ENTRIES).entries;
        ModelState whole = new ModelState(EAGER.settings());
        List<Seen> seen = new ArrayList<>();
        List<ModelState> goingOn = new ArrayList<>();
        for (RandomLedger.Entry entry : entries) {
            entry.playTo(whole);
            seen.add(Seen.of(whole));
            for (ModelState restored : goingOn) {
                entry.playTo(restored);
                assertThat(Seen.of(restored)).isEqualTo(seen.get(seen.size() - 1));
            }
            if (random.nextInt(50) == 0) {
                goingOn.add(restored(whole));
            }
        }
        assertThat(goingOn).isNotEmpty();
    }

    /** Compares every field of every object, so that one which a snapshot leaves out is found wherever it matters. */
    private static ModelState restored(ModelState state) {
        ModelState restored = ModelState.restore(EAGER.settings(), state.snapshot());
        assertThat(restored)
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class) // every bit
                .ignoringFieldsMatchingRegexes(".*\\.posteriors", ".*\\.split\\.shares") // room to compute in
                .isEqualTo(state);
        return restored;
    }

    @Test
    void isTakenOfStatesThatHaveEverything() {
        Set<String> met = new TreeSet<>();
        for (long seed = 1; seed <= 60; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            ModelState state = new ModelState(EAGER.settings());
            for (RandomLedger.Entry entry : RandomLedger.of(EAGER, random, ENTRIES).entries) {
                entry.playTo(state);
                meet(state.snapshot(), met);
            }
        }
        assertThat(met)
                .containsExactly(
                        "alerts",
                        "alerts that ended",
                        "answers",
                        "arms",
                        "champion's guard",
                        "champion's keys",
                        "comparing",
                        "control",
                        "controls",
                        "drill",
                        "drops in a row",
                        "failures",
                        "finding",
                        "gain",
                        "guard",
                        "guard units",
                        "held",
                        "keys",
                        "open trainings",
                        "outcomes",
                        "pairs",
                        "parts",
                        "routes",
                        "silence",
                        "spent",
                        "starts",
                        "suspended",
                        "trial",
                        "waiting",
                        "withdrawn");
    }

    private static void meet(ModelSnapshot snapshot, Set<String> met) {
        ModelSnapshot.Evidence evidence = snapshot.evidence();
        meet(snapshot.checks().alerts().size() > 1, "alerts", met);
        meet(snapshot.checks().ended().size() > 1, "alerts that ended", met);
        meet(evidence.routes().size() > 1, "routes", met);
        meet(snapshot.drill() != null, "drill", met);
        meet(evidence.drops().finding() != null, "finding", met);
        meet(evidence.drops().dropsInARow() > 0, "drops in a row", met);
        meet(evidence.totals().withdrawnLabels() > 0, "withdrawn", met);
        ModelSnapshot.Trainings trainings = snapshot.retrainings();
        meet(trainings.failures() > 1, "failures", met);
        meet(trainings.startedMillis().size() > 1, "starts", met);
        meet(trainings.open().size() > 1, "open trainings", met);
        meet(trainings.waiting() != null, "waiting", met);
        meet(trainings.held() != null, "held", met);
        meet(snapshot.labels(), met);
        ModelSnapshot.Trial trial = evidence.trial();
        meet(trial != null, "trial", met);
        meet(trial != null && trial.pairs() > 0, "pairs", met);
        meet(trial != null && trial.unanswered() > 0, "silence", met);
        meet(trial != null && trial.answers().size() > 1, "answers", met);
        meet(trial != null && trial.outcomes().size() > 1, "outcomes", met);
        ModelSnapshot.Guard guard = evidence.guard();
        meet(guard != null, "guard", met);
        meet(guard != null && guard.seenKeys().size() > 1, "keys", met);
        ModelSnapshot.ChampionGuard champion = evidence.championGuard();
        meet(champion != null, "champion's guard", met);
        meet(champion != null && champion.suspended(), "suspended", met);
        meet(champion != null && champion.units().seenKeys().size() > 1, "champion's keys", met);
        meet(champion != null && champion.policy().live().ofControl().labels() > 0, "control", met);
        meet(snapshot.versions().stream().anyMatch(v -> v.schedule().guardUnits() > 0), "guard units", met);
        meet(snapshot.versions().stream().anyMatch(v -> v.life().staked() > 1), "gain", met);
        meet(snapshot.versions().stream().anyMatch(v -> v.life().spent()), "spent", met);
        meet(snapshot.versions().stream().anyMatch(v -> v.controls().size() > 0), "controls", met);
    }

    private static void meet(LabelSnapshot labels, Set<String> met) {
        meet(labels.closed().size() > 1, "parts", met);
        meet(labels.comparing() != null, "comparing", met);
        meet(!labels.arms().isEmpty(), "arms", met);
    }

    private static void meet(boolean now, String what, Set<String> met) {
        if (now) {
            met.add(what);
        }
    }
}
