package io.abgate.registry.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One case of a functional suite: an input, and what a version must make of it to be fit for service.
 *
 * @param suite that it belongs to, for example {@code basic}
 * @param category within the suite
 * @param id that no other case of the model has
 * @param input the row as JSON text, see {@link Example#input}
 * @param expected what is asked of the answer
 */
public record SuiteCase(String suite, String category, String id, String input, Expectation expected) {
    /**
     * What is asked of an answer, all of it. Whatever else it says, an answer must be a label with a finite confidence,
     * unless a refusal is expected.
     *
     * @param answers labels that are right; empty where any will do
     * @param confidence the least that is enough; absent where any will do
     * @param timeMillis how long the answer may take; absent where that does not matter
     * @param same another input, as JSON text, that must be answered with the same label; absent where there is none
     * @param refused whether the input must be refused, and not answered
     */
    public record Expectation(
            List<String> answers,
            @Nullable Double confidence,
            @Nullable Integer timeMillis,
            @Nullable String same,
            boolean refused) {
        /** Any label, with a finite confidence. */
        public static final Expectation ANSWER = new Expectation(List.of(), null, null, null, false);

        public Expectation {
            answers = List.copyOf(answers);
            Check.that(
                    confidence == null || (confidence > 0 && confidence <= 1),
                    "confidence",
                    confidence + "",
                    "a number in (0, 1]");
            Check.that(timeMillis == null || timeMillis > 0, "timeMillis", timeMillis + "", "a number from 1");
            Check.that(
                    !refused || (answers.isEmpty() && confidence == null && same == null),
                    "refused",
                    "true",
                    "alone or with timeMillis, as a refusal is no answer");
        }
    }
}
