package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.PromotionProof;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.simulation.Simulation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Keys are tossed anew for what runs on live traffic; a shadow's trial goes on. */
final class ShadowSaltTest {
    private static final double ALPHA = .05;
    private static final int NEXT = 300;
    private static final Mail BY_EVIDENCE = Mail.SHIPPED
            .withoutDropRules()
            .retrainingEvery(0)
            .guardedBy(.05)
            .promotedByEvidence(PromotionProof.DEFAULT);

    @Test
    void keepsPairsAndProofsWhenTheGuardsKeysAreTossedAnew() {
        History history = shadowed().pairs(2, 3, 199, true, true);
        tossed(history);
        while (history.next().isEmpty()) {
            history.pair(2, 3, true, true);
        }
        assertThat(history.nextKind()).contains(Verdict.Kind.PROMOTE);
        int needed = history.state.trial().orElseThrow().pairs();
        assertThat(shadowed().pairs(2, 3, needed - 1, true, true).next())
                .as("as many as without a new salt")
                .isEmpty();
    }

    @Test
    void keepsAVerdictThatWaitsWhileEverythingIsFrozen() {
        History history = shadowed().happens(new AutomationSet(true, true, "test"));
        history.pairs(2, 3, 60, true, false);
        assertThat(history.state.version(3).life().isSpent()).isTrue();
        tossed(history);
        assertThat(history.happens(new AutomationSet(false, false, "test")).nextKind())
                .contains(Verdict.Kind.ROLL_BACK);
    }

    @Test
    void keepsPairsWhenACanaryBeginsAndEnds() {
        History history = shadowed().pairs(2, 3, 50, true, true);
        String salt = history.state.salt();
        aCanary(history);
        assertThat(history.state.salt()).isNotEqualTo(salt);
        assertThat(history.pairs(2, 3, 50, true, true)
                        .state
                        .trial()
                        .orElseThrow()
                        .pairs())
                .isEqualTo(100);
    }

    /** The negative control begins again just as often, for labels that are withdrawn: a new trial has a new chance. */
    @Test
    void passesAShadowThatIsWorseByTheMarginAsSeldomWithManySalts() {
        int runs = Simulation.repetitions(60);
        assertThat(Simulation.rate(runs, 1, random -> isPromoted(random, ShadowSaltTest::aCanary)))
                .isLessThanOrEqualTo(Simulation.band(ALPHA, runs));
        assertThat(Simulation.rate(runs, 1, random -> isPromoted(random, ShadowSaltTest::withdrawn)))
                .isGreaterThan(.2);
    }

    /** Two points worse than the champion, which is what it must be proven not to be; they differ on ten of a hundred. */
    private static boolean isPromoted(RandomGenerator random, Consumer<History> now) {
        History history = shadowed();
        for (int pair = 1; pair <= 12_000; pair++) {
            double u = random.nextDouble();
            if (u < .10) {
                history.pair(2, 3, u < .06, u >= .06);
            } else {
                boolean right = random.nextDouble() < .95;
                history.pair(2, 3, right, right);
            }
            Optional<Verdict.Kind> verdict = history.nextKind();
            if (verdict.isPresent()) {
                return verdict.get() == Verdict.Kind.PROMOTE;
            }
            if (pair % NEXT == 0) {
                now.accept(history);
            }
        }
        return false;
    }

    private static void aCanary(History history) {
        history.canary(4, .01).routes(Set.of(1, 2, 3, 4)).moves(4, Stage.CANDIDATE);
        history.routes(Set.of(1, 2, 3));
    }

    private static void withdrawn(History history) {
        history.happens(new LabelsVoided("from", "to", "job", "test", 1, 0, 0, 0, 1, List.of(2)));
        history.routes(Set.of(1, 2, 3));
    }

    private static void tossed(History history) {
        String salt = history.state.salt();
        while (history.state.salt().equals(salt)) {
            Outcome[] together = new Outcome[1_000];
            for (int i = 0; i < together.length; i++) {
                together[i] = History.told(history.request(i % 20 == 0 ? 1 : 2), true);
            }
            history.learns(together);
        }
        history.routes(Set.of(1, 2, 3));
    }

    private static History shadowed() {
        return History.promoted(BY_EVIDENCE)
                .stores(3)
                .stores(4)
                .moves(3, Stage.SHADOW)
                .routes(Set.of(1, 2, 3));
    }
}
