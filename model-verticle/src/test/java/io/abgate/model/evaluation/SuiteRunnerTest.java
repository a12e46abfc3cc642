package io.abgate.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.model.ModelRuntime;
import io.abgate.model.StubModel;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.SuiteCase;
import io.abgate.registry.domain.SuiteCase.Expectation;
import io.abgate.registry.domain.SuiteReport;
import io.abgate.registry.domain.SuiteReport.Row;
import io.abgate.registry.domain.SuiteReport.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteRunnerTest {
    private static final List<String> LABELS = List.of("short", "long");
    /** Calls a text of more than three letters long, not minding the case. */
    private static final ModelRuntime BY_LENGTH = input -> answer(input.strings()[0].length() > 3 ? 1 : 0, 0.75);

    private final Deque<Long> durationsMillis = new ArrayDeque<>();
    private long nowNanos;

    private static PredictReply answer(int label, double confidence) {
        return new PredictReply(
                LABELS, new int[] {label}, new double[] {confidence}, new double[][] {{1 - confidence, confidence}});
    }

    private static SuiteCase one(String input, Expectation expected) {
        return new SuiteCase("basic", "words", "one", "\"" + input + "\"", expected);
    }

    private static Expectation answers(String... labels) {
        return new Expectation(List.of(labels), null, null, null, false);
    }

    private static Expectation confidence(double least) {
        return new Expectation(List.of(), least, null, null, false);
    }

    private static Expectation same(String other) {
        return new Expectation(List.of(), null, null, "\"" + other + "\"", false);
    }

    private static Expectation within(int millis) {
        return new Expectation(List.of(), null, millis, null, false);
    }

    private static Expectation refused() {
        return new Expectation(List.of(), null, null, null, true);
    }

    private Row run(ModelRuntime runtime, String input, Expectation expected) {
        return report(runtime, one(input, expected)).rows().get(0);
    }

    private SuiteReport report(ModelRuntime runtime, SuiteCase... cases) {
        ModelRuntime timed = input -> {
            nowNanos += TimeUnit.MILLISECONDS.toNanos(durationsMillis.isEmpty() ? 1 : durationsMillis.remove());
            return runtime.predict(input);
        };
        return new SuiteRunner(StubModel.ofText(LABELS, timed), () -> nowNanos).run(List.of(cases));
    }

    @Test
    void tellsEverythingOfACase() {
        durationsMillis.add(7L);

        assertThat(run(BY_LENGTH, "word", answers("long")))
                .isEqualTo(new Row("basic", "words", "one", "\"word\"", "long", 0.75, 7, true, null));
    }

    @Test
    void takesAnyAnswerWhenNothingIsAsked() {
        assertThat(run(BY_LENGTH, "word", Expectation.ANSWER).passed()).isTrue();
    }

    @Test
    void failsAnAnswerThatIsNotAcceptable() {
        Row row = run(BY_LENGTH, "cat", answers("long", "longer"));

        assertThat(row.passed()).isFalse();
        assertThat(row.output()).isEqualTo("short");
        assertThat(row.reason()).isEqualTo("answer: short (expected: one of long, longer)");
    }

    @ParameterizedTest
    @CsvSource({"0.75, true", "0.7500001, false"})
    void asksForAConfidenceOfAtLeastSoMuch(double least, boolean passed) {
        assertThat(run(BY_LENGTH, "cat", confidence(least)).passed()).isEqualTo(passed);
    }

    @Test
    void comparesWithTheAnswerToAnotherInput() {
        assertThat(run(BY_LENGTH, "cat", same("CAT")).passed()).isTrue();

        Row different = run(BY_LENGTH, "cat", same("cats"));

        assertThat(different.passed()).isFalse();
        assertThat(different.reason()).isEqualTo("answer: short (expected: long, as to \"cats\")");
    }

    @Test
    void failsWhenTheOtherInputIsNotAnswered() {
        ModelRuntime knowsLowerCase = input -> {
            String text = input.strings()[0];
            if (!text.equals(text.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("text: " + text + " (expected: lower case)");
            }
            return answer(0, 0.9);
        };

        assertThat(run(knowsLowerCase, "cat", same("CAT")).reason())
                .isEqualTo("answer: short (expected: refused: text: CAT (expected: lower case), as to \"CAT\")");
    }

    @Test
    void passesARefusalOnlyWhereOneIsExpected() {
        ModelRuntime refusing = input -> {
            throw new IllegalArgumentException("text: nothing (expected: a word)");
        };

        Row wanted = run(refusing, "", refused());
        Row unwanted = run(refusing, "", Expectation.ANSWER);

        assertThat(wanted.passed()).isTrue();
        assertThat(wanted.reason()).isEqualTo("refused: text: nothing (expected: a word)");
        assertThat(unwanted.passed()).isFalse();
        assertThat(unwanted.reason()).isEqualTo("refused: text: nothing (expected: a word)");
        assertThat(run(BY_LENGTH, "", refused()).reason()).isEqualTo("answer: short (expected: a refusal)");
    }

    @Test
    void failsEveryCaseOfAModelThatThrowsWithTheReason() {
        ModelRuntime throwing = input -> {
            throw new UnsupportedOperationException("no weights");
        };

        SuiteReport report = report(
                throwing,
                one("a", Expectation.ANSWER),
                one("b", refused()),
                one("c", confidence(0.1)),
                one("d", within(1_000)));

        assertThat(report.rows())
                .hasSize(4)
                .allMatch(row -> !row.passed())
                .extracting(Row::reason)
                .containsOnly("java.lang.UnsupportedOperationException: no weights");
        assertThat(report.verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void goesOnAfterACaseThatThrows() {
        ModelRuntime throwsOnce = input -> {
            if (input.strings()[0].isEmpty()) {
                throw new IllegalStateException("broken");
            }
            return answer(0, 0.9);
        };

        SuiteReport report = report(throwsOnce, one("", Expectation.ANSWER), one("cat", Expectation.ANSWER));

        assertThat(report.rows()).extracting(Row::passed).containsExactly(false, true);
        assertThat(report.passed() + report.failed()).isEqualTo(report.rows().size());
        assertThat(report.successRate()).isEqualTo(0.5);
    }

    @Test
    void failsWhatIsNotFiniteBeforeItAsksAnythingElse() {
        Row confidence = run(input -> answer(0, Double.NaN), "cat", confidence(0.1));
        Row probability = run(
                input -> new PredictReply(
                        LABELS, new int[] {0}, new double[] {0.9}, new double[][] {{0.9, Double.POSITIVE_INFINITY}}),
                "cat",
                Expectation.ANSWER);

        assertThat(confidence.passed()).isFalse();
        assertThat(confidence.confidence()).isNull();
        assertThat(confidence.reason()).isEqualTo("confidence: NaN (expected: a finite number)");
        assertThat(probability.passed()).isFalse();
        assertThat(probability.reason()).isEqualTo("probabilities: [0.9, Infinity] (expected: finite numbers)");
    }

    @Test
    void failsWhatIsNoAnswer() {
        assertThat(run(input -> null, "cat", Expectation.ANSWER).reason()).isEqualTo("answers: none (expected: 1)");
        assertThat(run(input -> answer(-1, 0.9), "cat", Expectation.ANSWER).reason())
                .isEqualTo("index of the label: -1 (expected: 0 to 1)");
    }

    @Test
    void failsAnAnswerThatTakesTooLongTwice() {
        durationsMillis.addAll(List.of(60L, 51L));

        Row row = run(BY_LENGTH, "cat", within(50));

        assertThat(row.passed()).isFalse();
        assertThat(row.timeMillis()).isEqualTo(51);
        assertThat(row.reason()).isEqualTo("time: 51.0000 ms (expected: at most 50 ms)");
    }

    @Test
    void forgivesAPauseThatDoesNotComeTwice() {
        durationsMillis.addAll(List.of(5_000L, 50L));

        assertThat(run(BY_LENGTH, "cat", within(50)).passed()).isTrue();
    }

    @Test
    void noCasesAreNoPass() {
        SuiteReport report = report(BY_LENGTH);

        assertThat(report.verdict()).isEqualTo(Verdict.NO_CASES);
        assertThat(report.successRate()).isNull();
        assertThat(report.passed() + report.failed()).isZero();
    }
}
