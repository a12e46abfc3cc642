package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Oversight;
import io.abgate.registry.domain.Oversight.Deciding;
import io.abgate.registry.domain.Oversight.Mode;
import io.abgate.registry.domain.Oversight.Threshold;
import io.abgate.registry.domain.Restraint.Approval;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.Verdict.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ThresholdWatchTest {
    private static final Mail QUIET = Mail.SHIPPED.withoutDropRules().retrainingEvery(0);

    private static Mail decided(Deciding decisions) {
        return QUIET.overseenBy(new Oversight(Mode.ACT, Approval.AUTOMATIC, decisions, new Threshold(.10, 20)));
    }

    @ParameterizedTest
    @CsvSource({"18, true", "19, false", "20, false"})
    void takesACanaryBackThatIsBelowTheChampionByTheDropAndNoneThatIsLess(int right, boolean taken) {
        History history = canaried(decided(Deciding.THRESHOLD)).learns(1, 20, true);
        history.learns(2, right, true).learns(2, 20 - right, false);
        assertThat(history.next().isPresent()).isEqualTo(taken);
        history.next().ifPresent(verdict -> {
            assertThat(verdict.kind()).isEqualTo(Kind.ROLL_BACK);
            assertThat(verdict.version()).isEqualTo(2);
            assertThat(verdict.reason())
                    .isEqualTo("0.900 right of its newest 20 labels against 1.000 of as many newest of champion 1;"
                            + " a fall by 0.1 is enough for the threshold rule, which has no stated error rate");
        });
    }

    @Test
    void waitsForAsManyLabelsOfBoth() {
        History history = canaried(decided(Deciding.THRESHOLD)).learns(2, 40, false);
        assertThat(history.learns(1, 19, true).next()).isEmpty();
        assertThat(history.learns(1, 1, true).nextKind()).contains(Kind.ROLL_BACK);
    }

    @Test
    void staysWithWhatItFoundWhateverComesThen() {
        History history = canaried(decided(Deciding.THRESHOLD)).learns(1, 20, true);
        history.learns(2, 20, false).learns(2, 20, true);
        assertThat(history.nextKind()).contains(Kind.ROLL_BACK);
        assertThat(history.moves(2, Stage.QUARANTINED).next()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"18, true", "19, false"})
    void takesAChampionBackThatFellFromItsFirstLabels(int right, boolean taken) {
        History history = History.promoted(decided(Deciding.THRESHOLD)).learns(2, 20, true);
        history.learns(2, 20 - right, false).learns(2, right, true);
        assertThat(history.next().map(Verdict::version)).isEqualTo(taken ? Optional.of(2) : Optional.empty());
        assertThat(Decisions.next(history.state, Instant.EPOCH, false))
                .as("nobody takes its place")
                .isEmpty();
        assertThat(history.happens(new AutomationSet(true, true, "test")).next())
                .as("frozen")
                .isEmpty();
    }

    @Test
    void leavesAloneAChampionThatHasNobodyToGiveItsPlaceTo() {
        History history = History.withChampion(decided(Deciding.THRESHOLD));
        assertThat(history.learns(1, 20, true).learns(1, 20, false).next()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Deciding.class)
    void letsTheSequentialEvidenceDecideWhereItIsAsked(Deciding decisions) {
        History history = canaried(
                QUIET.overseenBy(new Oversight(Mode.ACT, Approval.AUTOMATIC, decisions, new Threshold(.10, 1_000))));
        history.learns(1, 100, true).learns(2, 100, false);
        assertThat(history.next().isPresent()).isEqualTo(decisions != Deciding.THRESHOLD);
    }

    @ParameterizedTest
    @EnumSource(Deciding.class)
    void decidesOnlyWhereItIsAsked(Deciding decisions) {
        History history = canaried(decided(decisions)).learns(2, 18, true);
        history.learns(1, 20, true).learns(2, 2, false);
        assertThat(history.next().isPresent()).isEqualTo(decisions != Deciding.SEQUENTIAL);
    }

    @Test
    void standsInTheWayOfACanaryWithTooFewLabelsOrTooManyWrong() {
        Verdict promotion = new Verdict(Kind.PROMOTE, 2, "test", Map.of());
        History history = canaried(decided(Deciding.BOTH)).learns(1, 20, true).learns(2, 19, true);
        assertThat(ThresholdRule.lets(history.state, promotion)).isFalse();
        assertThat(ThresholdRule.lets(history.learns(2, 1, true).state, promotion))
                .isTrue();
        assertThat(ThresholdRule.lets(history.learns(2, 2, false).state, promotion))
                .isFalse();
        History alone = canaried(decided(Deciding.SEQUENTIAL));
        assertThat(ThresholdRule.lets(alone.state, promotion)).isTrue();
    }

    @Test
    void beginsAgainWhenLabelsAreWithdrawn() {
        History history =
                canaried(decided(Deciding.THRESHOLD)).learns(1, 20, true).learns(2, 20, false);
        history.happens(new LabelsVoided("", "", "app", "test", 20, 0, 0, 0, 20, List.of(2)));
        assertThat(history.next()).isEmpty();
        assertThat(history.learns(2, 19, false).next()).isEmpty();
        assertThat(history.learns(2, 1, false).nextKind()).contains(Kind.ROLL_BACK);
    }

    @Test
    void watchesAnotherCanaryFromItsFirstLabel() {
        History history =
                canaried(decided(Deciding.THRESHOLD)).learns(1, 20, true).learns(2, 19, false);
        history.moves(2, Stage.CANDIDATE).stores(3).canary(3, .5).routes(Set.of(1, 3));
        assertThat(history.learns(3, 19, false).next()).isEmpty();
        assertThat(history.learns(3, 1, false).next().map(Verdict::version)).contains(3);
    }

    private static History canaried(Mail mail) {
        return History.withChampion(mail).stores(2).canary(2, .5).routes(Set.of(1, 2));
    }
}
