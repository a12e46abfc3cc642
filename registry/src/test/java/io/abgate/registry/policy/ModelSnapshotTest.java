package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Guardrails;
import io.abgate.registry.domain.ModelSettings.Drop;
import io.abgate.registry.domain.ModelSettings.Promotion;
import io.abgate.registry.domain.Oversight;
import io.abgate.registry.domain.Oversight.Deciding;
import io.abgate.registry.domain.Oversight.Mode;
import io.abgate.registry.domain.Oversight.Threshold;
import io.abgate.registry.domain.PromotionProof;
import io.abgate.registry.domain.PromotionProof.Step;
import io.abgate.registry.domain.Restraint;
import io.abgate.registry.domain.Restraint.Approval;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.TrafficSettings;
import io.abgate.registry.domain.TriggerActions;
import io.abgate.registry.policy.labels.LabelSnapshot;
import io.abgate.registry.policy.rollout.MaturedUnits;
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
    private static final Mail COUNTED = new Mail(
                    20, new Drop(10, .10, .05, 3), Promotion.COUNT, 5, RoutingMode.ADAPTIVE)
            .restrainedBy(new Restraint(60, 3, 2, Approval.AUTOMATIC))
            .guardedBy(.3)
            .overseenBy(new Oversight(Mode.ACT, Approval.MANUAL, Deciding.BOTH, new Threshold(.2, 7)))
            .watchedBy(new TrafficSettings(5, new Guardrails(.01, .05, 100), TriggerActions.DEFAULT));
    private static final Mail EAGER = COUNTED.promotedByEvidence(
                    new PromotionProof(.5, .1, 3, 20, List.of(new Step(.2, 2), new Step(.5, 3)), .6, 30))
            .maturingIn(.05);

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
    @ValueSource(longs = {1, 2, 3})
    void goesOnFromAnyPlaceWhereCopiesAreCounted(long seed) {
        assertThatItGoesOnFromAnyPlace(COUNTED, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void goesOnFromAnyPlaceWhereEvidenceDecidesOnMaturedLabels(long seed) {
        assertThatItGoesOnFromAnyPlace(EAGER, seed);
    }

    private static void assertThatItGoesOnFromAnyPlace(Mail mail, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<RandomLedger.Entry> entries = RandomLedger.of(mail, random, ENTRIES).entries;
        ModelFold whole = new ModelFold(mail.settings());
        List<Seen> seen = new ArrayList<>();
        List<ModelFold> goingOn = new ArrayList<>();
        for (RandomLedger.Entry entry : entries) {
            entry.playTo(whole);
            seen.add(Seen.of(whole.state()));
            for (ModelFold restored : goingOn) {
                entry.playTo(restored);
                assertThat(Seen.of(restored.state())).isEqualTo(seen.get(seen.size() - 1));
            }
            if (random.nextInt(50) == 0) {
                goingOn.add(restored(mail, whole));
            }
        }
        assertThat(goingOn).isNotEmpty();
    }

    /** Compares every field of every object, so that one which a snapshot leaves out is found wherever it matters. */
    private static ModelFold restored(Mail mail, ModelFold fold) {
        ModelFold restored = ModelFold.restore(mail.settings(), fold.snapshot());
        assertThat(restored)
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class) // every bit
                .ignoringFieldsMatchingRegexes(".*\\.posteriors", ".*\\.splits\\.all\\.shares") // room to compute in
                .isEqualTo(fold);
        return restored;
    }

    @Test
    void isTakenOfStatesThatHaveEverything() {
        Set<String> met = new TreeSet<>();
        for (long seed = 1; seed <= 60; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            ModelFold fold = new ModelFold(EAGER.settings());
            for (RandomLedger.Entry entry : RandomLedger.of(EAGER, random, ENTRIES).entries) {
                entry.playTo(fold);
                meet(fold.snapshot(), met);
            }
        }
        assertThat(met)
                .containsExactly(
                        "alerts",
                        "alerts that ended",
                        "answers",
                        "arms",
                        "canary on a ladder",
                        "champion's guard",
                        "champion's keys",
                        "compared cohorts",
                        "control",
                        "controls",
                        "drill",
                        "drops in a row",
                        "earlier tosses",
                        "failures",
                        "finding",
                        "gain",
                        "gathered",
                        "guard",
                        "guard units",
                        "held",
                        "keys",
                        "lags",
                        "late",
                        "live pairs",
                        "margin used",
                        "open trainings",
                        "outcomes",
                        "pairs",
                        "routes",
                        "silence",
                        "spent",
                        "starts",
                        "suspended",
                        "told",
                        "trial",
                        "trial by evidence",
                        "two live pairings",
                        "waiting",
                        "waiting cohorts",
                        "waiting labels",
                        "withdrawn");
    }

    private static void meet(ModelSnapshot snapshot, Set<String> met) {
        ModelSnapshot.Evidence evidence = snapshot.evidence();
        ModelSnapshot.Experiments experiments = evidence.experiments();
        meet(snapshot.checks().alerts().size() > 1, "alerts", met);
        meet(snapshot.checks().ended().size() > 1, "alerts that ended", met);
        meet(experiments.routes().size() > 1, "routes", met);
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
        ModelSnapshot.Trial trial = experiments.trial();
        meet(trial != null, "trial", met);
        meet(trial != null && trial.pairs() > 0, "pairs", met);
        meet(trial != null && trial.matching().unanswered() > 0, "silence", met);
        meet(trial != null && trial.matching().answers().size() > 1, "answers", met);
        meet(trial != null && trial.matching().outcomes().size() > 1, "outcomes", met);
        ModelSnapshot.Experiment guard = experiments.canary();
        meet(guard != null, "guard", met);
        meet(guard != null && newest(guard).seenKeys().size() > 1, "keys", met);
        meet(
                trial != null
                        && trial.evidence() != null
                        && newest(trial.evidence()).units() > 1,
                "trial by evidence",
                met);
        meet(guard != null && guard.ladder(), "canary on a ladder", met);
        meet(guard != null && newest(guard).late() > 0, "late", met);
        meet(guard != null && newest(guard).waiting().size() > 1, "waiting labels", met);
        meet(experiments.lags().size() > 1, "lags", met);
        meet(snapshot.versions().stream().anyMatch(v -> v.marginUse().total() > 0), "margin used", met);
        meet(experiments.paired().stream().anyMatch(paired -> paired.pairs() > 0), "live pairs", met);
        meet(experiments.paired().size() > 1, "two live pairings", met);
        ModelSnapshot.Experiment champion = experiments.guard();
        meet(champion != null, "champion's guard", met);
        meet(champion != null && champion.suspended(), "suspended", met);
        meet(champion != null && champion.tosses().all().size() > 1, "earlier tosses", met);
        meet(champion != null && newest(champion).seenKeys().size() > 1, "champion's keys", met);
        meet(champion != null && champion.policy().live().ofControl().labels() > 0, "control", met);
        meet(snapshot.versions().stream().anyMatch(v -> v.schedule().guardUnits() > 0), "guard units", met);
        meet(snapshot.versions().stream().anyMatch(v -> v.life().staked() > 1), "gain", met);
        meet(snapshot.versions().stream().anyMatch(v -> v.life().peak() >= 20), "spent", met);
        meet(snapshot.versions().stream().anyMatch(v -> v.controls().size() > 0), "controls", met);
    }

    private static MaturedUnits.Snapshot newest(ModelSnapshot.Experiment experiment) {
        List<ModelSnapshot.Toss> all = experiment.tosses().all();
        return all.get(all.size() - 1).units();
    }

    private static void meet(LabelSnapshot labels, Set<String> met) {
        meet(labels.cohorts().compared().size() > 1, "compared cohorts", met);
        meet(labels.cohorts().waiting().size() > 1, "waiting cohorts", met);
        meet(!labels.told().isEmpty(), "told", met);
        meet(labels.compared().gathered() != null, "gathered", met);
        meet(!labels.compared().arms().isEmpty(), "arms", met);
    }

    private static void meet(boolean now, String what, Set<String> met) {
        if (now) {
            met.add(what);
        }
    }
}
