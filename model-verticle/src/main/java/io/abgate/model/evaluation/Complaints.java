package io.abgate.model.evaluation;

import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.SuiteCase.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Says in what an attempt is not as expected, one clause each. */
final class Complaints {
    private final Expectation expected;
    private final Attempt attempt;
    private final Function<String, Attempt> model;
    private final List<String> complaints = new ArrayList<>();

    /**
     * Complaints of one attempt.
     *
     * @param model tries another input
     */
    Complaints(Expectation expected, Attempt attempt, Function<String, Attempt> model) {
        this.expected = expected;
        this.attempt = attempt;
        this.model = model;
    }

    List<String> all() {
        if (expected.refused()) {
            refusal();
        } else {
            answer();
        }
        time();
        return complaints;
    }

    private void refusal() {
        if (attempt.refusal() == null) {
            complaints.add(
                    attempt.fault() == null
                            ? Check.message("answer", String.valueOf(attempt.label()), "a refusal")
                            : attempt.fault());
        }
    }

    private void answer() {
        String label = attempt.label();
        Double confidence = attempt.confidence();
        if (label == null || confidence == null) { // nothing else can be asked of what is no answer
            complaints.add(String.valueOf(attempt.missing()));
            return;
        }
        List<String> answers = expected.answers();
        if (!answers.isEmpty() && !answers.contains(label)) {
            complaints.add(Check.message("answer", label, "one of " + String.join(", ", answers)));
        }
        Double least = expected.confidence();
        if (least != null && confidence < least) {
            complaints.add(Check.message("confidence", decimals(confidence), "at least " + least));
        }
        String other = expected.same();
        if (other != null) {
            same(label, other, model.apply(other));
        }
    }

    private void same(String label, String input, Attempt other) {
        if (!label.equals(other.label())) {
            String answer = other.label() == null ? String.valueOf(other.missing()) : other.label();
            complaints.add(Check.message("answer", label, answer + ", as to " + input));
        }
    }

    private void time() {
        Integer limit = expected.timeMillis();
        if (limit != null && attempt.timeMillis() > limit) {
            complaints.add(Check.message("time", decimals(attempt.timeMillis()) + " ms", "at most " + limit + " ms"));
        }
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
