package io.abgate.gateway.configuration;

import io.abgate.registry.domain.SuiteCase;
import io.abgate.registry.domain.SuiteCase.Expectation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folder of functional suites: in each file suites by name, in each of these lists of cases by category. */
final class SuiteFiles {
    private static final String ENDING = ".yaml";

    private final Folder folder;

    SuiteFiles(Folder folder) {
        this.folder = folder;
    }

    /**
     * Reads the cases in the files that a model names, in their order.
     *
     * @param files names without their ending; absent where there are none
     * @param rows how inputs of the model are written
     * @param labels that an answer can be
     */
    List<SuiteCase> read(Value files, InputRows rows, List<String> labels) {
        List<SuiteCase> cases = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        if (files.isPresent()) {
            files.list(this::file).forEach(file -> new Reader(rows, labels, ids, cases).suites(file));
        }
        return List.copyOf(cases);
    }

    private Value file(Value name) {
        String file = name.text() + ENDING;
        boolean isHere = !file.contains("/") && folder.exists() && folder.has(file);
        name.require(isHere, "the name of a file in " + folder.shown() + ", without " + ENDING);
        return folder.yaml(file);
    }

    /** Reads one file, adding to what was read before. */
    private record Reader(InputRows rows, List<String> labels, Set<String> ids, List<SuiteCase> cases) {
        void suites(Value file) {
            file.keys("suites").forEach(suite -> file.at(suite)
                    .keys("categories")
                    .forEach(
                            category -> category(suite, category, file.at(suite).at(category))));
        }

        private void category(String suite, String category, Value list) {
            List<SuiteCase> read = list.list(one -> one(suite, category, one));
            list.require(!read.isEmpty(), "at least one case");
            cases.addAll(read);
        }

        private SuiteCase one(String suite, String category, Value one) {
            one.only("id", "input", "expect");
            String id = one.at("id").text();
            one.at("id").require(ids.add(id), "an id that no other case of the model has");
            Expectation expected = one.at("expect").isPresent() ? expectation(one.at("expect")) : Expectation.ANSWER;
            Value input = one.at("input");
            return new SuiteCase(
                    suite, category, id, expected.refused() ? rows.anyWidth(input) : rows.row(input), expected);
        }

        private Expectation expectation(Value expect) {
            expect.only("answers", "confidence", "timeMillis", "same", "refused");
            boolean refused =
                    expect.at("refused").isPresent() && expect.at("refused").flag();
            for (String other : List.of("answers", "confidence", "same")) {
                expect.at(other).require(!refused || !expect.at(other).isPresent(), "no such key beside refused: true");
            }
            return new Expectation(
                    answers(expect.at("answers")),
                    confidence(expect.at("confidence")),
                    expect.at("timeMillis").isPresent()
                            ? expect.at("timeMillis").wholeNumber(1, Integer.MAX_VALUE)
                            : null,
                    expect.at("same").isPresent() ? rows.row(expect.at("same")) : null,
                    refused);
        }

        private List<String> answers(Value answers) {
            if (!answers.isPresent()) {
                return List.of();
            }
            List<String> given = answers.list(this::label);
            answers.require(!given.isEmpty(), "at least one label");
            return given;
        }

        private String label(Value label) {
            label.require(labels.contains(label.text()), "a label of the model");
            return label.text();
        }

        private static @Nullable Double confidence(Value confidence) {
            if (!confidence.isPresent()) {
                return null;
            }
            double least = confidence.number();
            confidence.require(least > 0 && least <= 1, "a number above 0, at most 1");
            return least;
        }
    }
}
