package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.ModelSettings.Drop;
import io.abgate.registry.domain.ModelSettings.Promotion;
import io.abgate.registry.domain.Restraint;
import io.abgate.registry.domain.Restraint.Approval;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.Receipt.Inputs;
import io.abgate.registry.policy.Receipt.Question;
import io.abgate.registry.policy.Receipt.Trigger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReceiptsTest {
    private static final int ENTRIES = 400;
    private static final Mail EAGER = new Mail(20, new Drop(10, .10, .05, 3), Promotion.COUNT, 5, RoutingMode.ADAPTIVE)
            .restrainedBy(new Restraint(60, 3, 2, Approval.AUTOMATIC))
            .guardedBy(.3);
    private static final Mail QUIET = Mail.SHIPPED.withoutDropRules().retrainingEvery(0);
    private static final Inputs NEXT = new Inputs(Question.NEXT, 50, true);
    private static final Inputs STANDING = new Inputs(Question.STANDING, 50, true);

    private static Optional<Receipt> receipt(ModelState state, Inputs inputs) {
        return Receipts.verdict(state, inputs)
                .map(verdict -> Receipts.of(
                        state,
                        verdict,
                        inputs,
                        new Receipt.Policy(1, StateDigest.of(state.settings())),
                        after -> new Receipt.Labels(after, 0, 0, 0),
                        new Receipt.Software("test", 0, "")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void areTheSameFromTheBeginningAndFromAnyCheckpoint(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<RandomLedger.Entry> entries = RandomLedger.of(EAGER, random, ENTRIES).entries;
        ModelFold live = new ModelFold(EAGER.settings());
        ModelFold resumed = new ModelFold(EAGER.settings());
        int receipts = 0;
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).playTo(live);
            entries.get(i).playTo(resumed);
            if (random.nextInt(40) == 0) {
                resumed = ModelFold.restore(EAGER.settings(), resumed.snapshot());
            }
            for (Inputs inputs : List.of(NEXT, STANDING)) {
                Optional<Receipt> made = receipt(live.state(), inputs);
                assertThat(receipt(resumed.state(), inputs)).isEqualTo(made);
                if (made.isPresent() && ++receipts % 20 == 0) {
                    assertThat(receipt(folded(entries.subList(0, i + 1)), inputs))
                            .isEqualTo(made);
                }
            }
        }
    }

    private static ModelState folded(List<RandomLedger.Entry> entries) {
        ModelFold fold = new ModelFold(EAGER.settings());
        entries.forEach(entry -> entry.playTo(fold));
        return fold.state();
    }

    @Test
    void meetsEveryKindOfVerdict() {
        Set<Trigger> expected = EnumSet.of(
                Trigger.SHADOW_TRIAL, Trigger.CANARY, Trigger.CHAMPION_GUARD, Trigger.CHECKS, Trigger.NEW_LABELS);
        Set<Trigger> triggers = EnumSet.noneOf(Trigger.class);
        for (long seed = 1; seed <= 300 && !triggers.containsAll(expected); seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            ModelFold fold = new ModelFold(EAGER.settings());
            for (RandomLedger.Entry entry : RandomLedger.of(EAGER, random, ENTRIES).entries) {
                entry.playTo(fold);
                receipt(fold.state(), NEXT).map(Receipt::trigger).ifPresent(triggers::add);
                receipt(fold.state(), STANDING).map(Receipt::trigger).ifPresent(triggers::add);
            }
        }
        assertThat(triggers).containsAll(expected);
    }

    @Test
    void tellACanarysEvidenceToTheLastBit() {
        History history = canaryTakenBack(true);
        Receipt receipt = receipt(history.state, NEXT).orElseThrow();
        double g = history.state.version(2).life().g();
        double peak = history.state.version(2).life().peak();
        assertThat(receipt.verdict()).isEqualTo(Verdict.Kind.ROLL_BACK);
        assertThat(receipt.trigger()).isEqualTo(Trigger.CANARY);
        assertThat(receipt.statistic()).as("what it rests on").isEqualTo(peak).isGreaterThanOrEqualTo(20);
        assertThat(receipt.threshold()).isEqualTo(1 / .05);
        assertThat(receipt.budget()).isEqualTo(new Receipt.Budget(.05, g, 0, .05, .05 * g));
        assertThat(receipt.bits())
                .containsEntry("statistic", String.format("%016x", Double.doubleToRawLongBits(peak)))
                .containsEntry("budget.u", "0000000000000000")
                .containsKey("figures.newScore");
        assertThat(receipt.epoch()).isEqualTo(history.route().epoch());
        assertThat(receipt.labels().after()).as("where version 2 was stored").isPositive();
        assertThat(receipt.summary()).startsWith("Verdict ROLL_BACK on version 2 (CANARY): less accurate");
    }

    /** As many right of both, whether or not one label is told otherwise than it was. */
    private static History canaryTakenBack(boolean honest) {
        History history = History.withChampion(QUIET).stores(2).canary(2, .5).routes(Set.of(1, 2));
        history.learns(1, 1, honest);
        for (int i = 0; i < 60; i++) {
            history.learns(1, 1, true).learns(2, 1, i % 10 == 9);
        }
        return history;
    }

    @Test
    void nameWhatAskedForARetrainingOrForbadeIt() {
        History fell = History.withChampion(Mail.SHIPPED.retrainingEvery(0)).learns(1, 50, true);
        assertThat(receipt(fell.state, NEXT)).isEmpty();
        Receipt asked = receipt(fell.learns(1, 50, false).state, NEXT).orElseThrow();
        assertThat(asked.trigger()).isEqualTo(Trigger.LIVE_DROP);
        assertThat(asked.version()).isZero();
        assertThat(asked.budget()).as("the champion's").isEqualTo(new Receipt.Budget(.05, 0, 1, 0, .05));

        Mail restrained = QUIET.retrainingEvery(5).restrainedBy(new Restraint(0, 1, 0, Approval.AUTOMATIC));
        History failed = History.withChampion(restrained)
                .happens(new JobQueued(1, true, "test", 0L))
                .happens(new JobEnded(1, "FAILED", null, "test", 0L))
                .learns(1, 5, true);
        Receipt held = receipt(failed.state, NEXT).orElseThrow();
        assertThat(held.verdict()).isEqualTo(Verdict.Kind.HOLD);
        assertThat(held.trigger()).isEqualTo(Trigger.RESTRAINT);
        assertThat(held.standing())
                .as("it acts: retraining is left to a person")
                .isNull();
    }

    @Test
    void differWhereOneLabelWasFlipped() {
        Receipt honest = receipt(canaryTakenBack(true).state, NEXT).orElseThrow();
        assertThat(receipt(canaryTakenBack(true).state, NEXT)).contains(honest);
        Receipt flipped = receipt(canaryTakenBack(false).state, NEXT).orElseThrow();
        assertThat(flipped.state()).isNotEqualTo(honest.state());
        assertThat(flipped.bits()).isNotEqualTo(honest.bits());
    }

    @Test
    void tellAHoldOnceForAsLongAsItIsAboutTheSame() {
        History history = History.withChampion(QUIET.decidedAfter(20)).stores(2).moves(2, Stage.SHADOW);
        List<String> standing = new ArrayList<>();
        standing.add(standing(history));
        history.pairs(1, 2, 7, true, true);
        standing.add(standing(history));
        history.happens(new AutomationSet(true, false, "test"));
        standing.add(standing(history));
        history.pairs(1, 2, 30, true, true);
        standing.add(standing(history));
        assertThat(standing.get(1)).isEqualTo(standing.get(0));
        assertThat(standing.get(2)).isNotEqualTo(standing.get(1)).contains("paused");
        assertThat(standing.get(3)).isEqualTo(standing.get(2));
        history.happens(new AutomationSet(false, false, "test"));
        assertThat(receipt(history.state, STANDING)).isEmpty();
        assertThat(receipt(history.state, NEXT).orElseThrow().verdict()).isEqualTo(Verdict.Kind.PROMOTE);
    }

    @Test
    void tellThatAShadowWaitsForACanary() {
        History history = History.withChampion(QUIET.decidedAfter(3)).stores(2).stores(3);
        history.moves(2, Stage.SHADOW).pairs(1, 2, 3, true, true);
        assertThat(receipt(history.state, STANDING)).isEmpty();
        history.canary(3, .5);
        assertThat(receipt(history.state, STANDING).orElseThrow().reason())
                .startsWith("version 3 is canary meanwhile; 3 of 3 labelled copies right");
    }

    private static String standing(History history) {
        return String.valueOf(receipt(history.state, STANDING).orElseThrow().standing());
    }
}
