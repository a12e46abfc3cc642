package io.abgate.registry.policy;

import static io.abgate.registry.policy.History.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.PromotionProof;
import io.abgate.registry.domain.PromotionProof.Step;
import io.abgate.registry.domain.Stage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a state remembers does not grow without end, however long something is left as it is. */
final class BoundedStateTest {
    private static final int MOST_KEYS = 100_000;
    private static final int MOST_TABLES = 5_000;
    private static final PromotionProof SHORT =
            new PromotionProof(.05, .10, 60, 80, List.of(new Step(.25, 10), new Step(.5, 20)), .2, 200);
    private static final Mail BY_EVIDENCE =
            Mail.SHIPPED.withoutDropRules().retrainingEvery(0).guardedBy(.05).promotedByEvidence(SHORT);

    @Test
    void theKeysOfACanaryThatIsProvenAndHeld() {
        History history = History.withChampion(BY_EVIDENCE)
                .stores(2)
                .happens(new StageChanged(
                        StageChanged.Kind.CANARIED,
                        2,
                        Map.of(2, Stage.CANARY),
                        .25,
                        "test",
                        Map.of(),
                        false,
                        true,
                        null))
                .routes(Set.of(1, 2));
        String salt = history.state.salt();
        history.happens(new AutomationSet(true, false, "test"));
        for (int batch = 0; batch < MOST_KEYS / 1_000; batch++) {
            assertThat(history.state.salt()).isEqualTo(salt);
            together(history, 1_000);
        }
        Experiment canary = history.state.canary().orElseThrow();
        assertThat(canary.policy().progress().isProven()).isTrue();
        assertThat(history.state.salt()).isNotEqualTo(salt);
        assertThat(history.state.version(2).canaryShare()).as("held").isEqualTo(.25);
        assertThat(canary.collected().keys()).isZero();
        assertThat(canary.collected().units()).isEqualTo(MOST_KEYS);
    }

    @Test
    void theKeysOfAShadow() {
        History history = History.withChampion(BY_EVIDENCE)
                .stores(2)
                .moves(2, Stage.SHADOW)
                .routes(Set.of(1, 2));
        Experiment shadow = history.state.trial().orElseThrow().evidence().orElseThrow();
        history.pairs(1, 2, MOST_KEYS - 1, true, true);
        assertThat(shadow.collected().keys()).isEqualTo(MOST_KEYS - 1);
        history.pairs(1, 2, 2, true, true);
        assertThat(shadow.collected().keys()).isOne();
        assertThat(shadow.collected().units()).isEqualTo(MOST_KEYS + 1);
    }

    @Test
    void theTablesOfAnExperimentAndThoseLeftOutAreCounted() {
        History history =
                History.withChampion(BY_EVIDENCE).stores(2).canary(2, .2).routes(Set.of(1, 2));
        PredictionId early = history.request(2);
        PredictionId next = null;
        for (int i = 0; i < MOST_TABLES; i++) {
            history.routes(Set.of(1, 2));
            next = next == null ? history.request(2) : next;
        }
        assertThat(history.state.snapshot().evidence().experiments().routes()).hasSize(MOST_TABLES);
        history.learns(told(early, true), told(next, true));
        Tosses labels = history.state.canary().orElseThrow().collected();
        assertThat(labels.units()).as("of a table that is remembered").isOne();
        assertThat(labels.untossed()).isOne();
    }

    private static void together(History history, int labels) {
        Outcome[] together = new Outcome[labels];
        for (int i = 0; i < labels; i++) {
            together[i] = told(history.request(i % 4 == 0 ? 2 : 1), true);
        }
        history.learns(together);
    }
}
