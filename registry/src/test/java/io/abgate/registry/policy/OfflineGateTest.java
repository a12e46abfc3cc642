package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.Evaluation.ClassCount;
import io.abgate.registry.domain.Score;
import io.abgate.registry.domain.SuiteSummary;
import io.abgate.registry.domain.SuiteSummary.FailedCase;
import io.abgate.registry.policy.OfflineGate.Finding;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OfflineGateTest {
    @ParameterizedTest
    @CsvSource({
        "90, 85, 100, true", "90, 84, 100, false",
        "19, 18, 20, true", "19, 17, 20, false",
        // five points of 50 rows are two and a half rows
        "45, 43, 50, true", "45, 42, 50, false",
        "90, 95, 100, true"
    })
    void allowsAFallOfFivePointsCountedInWholeRows(int parent, int candidate, int rows, boolean passes) {
        // all rows of one class, so that the rule of balanced accuracy has nothing to say
        Evaluation of = new Evaluation(List.of(count("ham", candidate, rows), count("spam", 0, 0)), 2, true);
        Evaluation beside = new Evaluation(List.of(count("ham", parent, rows), count("spam", 0, 0)), 2, true);
        assertThat(passes(of, beside)).isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource({
        // ham right, spam right of 200 and 20 rows; the parent has 180 and 18
        "180, 14, true",
        "180, 13, false",
        "176, 15, true",
        "180, 18, true"
    })
    void allowsAFallOfTenPointsInBalancedAccuracy(int ham, int spam, boolean passes) {
        Evaluation parent = evaluation(180, 200, 18, 20);
        assertThat(passes(evaluation(ham, 200, spam, 20), parent)).isEqualTo(passes);
    }

    @Test
    void judgesBalancedAccuracyOnlyWhereEachClassHasTwentyRows() {
        Evaluation parent = evaluation(180, 200, 19, 19);
        Evaluation candidate = evaluation(180, 200, 9, 19);
        assertThat(OfflineGate.judge(candidate, parent, Mail.GATE))
                .extracting(Finding::gate)
                .containsExactly("finite", "one class", "accuracy");
        assertThat(passes(candidate, parent)).isTrue();
    }

    @Test
    void refusesOneClassOnDataOfSeveral() {
        Evaluation oneClass = new Evaluation(List.of(count("ham", 95, 95), count("spam", 0, 5)), 1, true);
        assertThat(passes(oneClass, null)).isFalse();
        assertThat(OfflineGate.judge(oneClass, null, Mail.GATE))
                .filteredOn(finding -> !finding.passed())
                .extracting(Finding::says)
                .containsExactly("it predicts one class on data of 2");
    }

    @Test
    void allowsOneClassOnDataOfOne() {
        Evaluation oneClass = new Evaluation(List.of(count("ham", 95, 95), count("spam", 0, 0)), 1, true);
        assertThat(passes(oneClass, oneClass)).isTrue();
    }

    @Test
    void refusesNaNHoweverRightItIs() {
        Evaluation wild = new Evaluation(List.of(count("ham", 50, 50), count("spam", 50, 50)), 2, false);
        assertThat(passes(wild, evaluation(10, 50, 10, 50))).isFalse();
        assertThat(passes(wild, null)).isFalse();
    }

    @Test
    void saysThatAccuracyFellInWholeCounts() {
        assertThat(OfflineGate.judge(evaluation(40, 50, 40, 50), evaluation(45, 50, 45, 50), Mail.GATE))
                .filteredOn(finding -> !finding.passed())
                .extracting(Finding::says)
                .containsExactly("post-training accuracy fell: 80 of 100 held-out rows right, its parent 90");
    }

    @Test
    void refusesAVersionThatFailsOneCaseAndNamesIt() {
        SuiteSummary suites =
                new SuiteSummary(14, List.of(new FailedCase("basic/known_patterns/S01", "confidence: 0.0417")));
        assertThat(OfflineGate.judge(suites))
                .isEqualTo(new Finding(
                        "suites", false, "1 of 15 cases failed: basic/known_patterns/S01 (confidence: 0.0417)"));
        assertThat(OfflineGate.judge(new SuiteSummary(15, List.of())))
                .isEqualTo(new Finding("suites", true, "15 of 15 cases passed"));
    }

    @Test
    void namesTenFailedCasesAtMost() {
        List<FailedCase> failures = IntStream.range(0, 12)
                .mapToObj(i -> new FailedCase("a/b/" + i, "wrong"))
                .toList();
        assertThat(OfflineGate.judge(new SuiteSummary(0, failures)).says())
                .startsWith("12 of 12 cases failed: a/b/0 (wrong), ")
                .endsWith("a/b/9 (wrong) and 2 more");
    }

    private static boolean passes(Evaluation candidate, @Nullable Evaluation parent) {
        return OfflineGate.judge(candidate, parent, Mail.GATE).stream().allMatch(Finding::passed);
    }

    private static Evaluation evaluation(int ham, int hamRows, int spam, int spamRows) {
        return new Evaluation(List.of(count("ham", ham, hamRows), count("spam", spam, spamRows)), 2, true);
    }

    private static ClassCount count(String label, int right, int rows) {
        return new ClassCount(label, new Score(right, rows));
    }
}
