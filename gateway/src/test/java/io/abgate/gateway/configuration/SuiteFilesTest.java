package io.abgate.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.SuiteCase;
import io.abgate.registry.domain.SuiteCase.Expectation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteFilesTest {
    @TempDir
    private Path folder;

    @Test
    void mapsEveryKeyOfACase() throws IOException {
        ModelSettings words = words("[own]", """
            basic:
              known:
                - id: S01
                  input: [the, cat]
                  expect: { answers: [sat, ran], confidence: 0.1, timeMillis: 50, same: [cat] }
                - id: S02
                  input: ["", the]
            other:
              empty:
                - { id: S03, input: [], expect: { refused: true, timeMillis: 50 } }
            """);

        assertThat(words.suites())
                .containsExactly(
                        new SuiteCase(
                                "basic",
                                "known",
                                "S01",
                                "[\"the\",\"cat\"]",
                                new Expectation(List.of("sat", "ran"), 0.1, 50, "[\"cat\"]", false)),
                        new SuiteCase("basic", "known", "S02", "[\"\",\"the\"]", Expectation.ANSWER),
                        new SuiteCase("other", "empty", "S03", "[]", new Expectation(List.of(), null, 50, null, true)));
    }

    @Test
    void aModelMayHaveNoSuites() throws IOException {
        assertThat(words("[]", "").suites()).isEmpty();
    }

    @Test
    void aModelMayHaveTheSuitesOfSeveralFiles() throws IOException {
        Files.createDirectories(folder.resolve("suites"));
        Files.writeString(folder.resolve("suites/more.yaml"), "more:\n  words:\n    - { id: M01, input: [cat] }\n");

        assertThat(words("[own, more]", "own:\n  words:\n    - { id: O01, input: [cat] }\n")
                        .suites())
                .extracting(SuiteCase::id)
                .containsExactly("O01", "M01");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "id: S01 | name: S01 | b.known[0].name: unknown key (expected: one of id, input, expect)",
                "id: S01 | id: 1 | b.known[0].id: 1 (expected: text, so in quotes)",
                "id: S02 | id: S01 | b.known[1].id: S01 (expected: an id that no other case of the model has)",
                "[the, cat] | cat | b.known[0].input: cat (expected: a list of texts, as the model takes words)",
                "[the, cat] | [1, 2] | b.known[0].input: [1,2] (expected: a list of texts, as the model takes words)",
                "[sat] | [sit] | b.known[0].expect.answers[0]: sit (expected: a label of the model)",
                "[sat] | [] | b.known[0].expect.answers: [] (expected: at least one label)",
                "0.1 | 2 | b.known[0].expect.confidence: 2 (expected: a number above 0, at most 1)",
                "same: [cat] | same: cat | b.known[0].expect.same: cat (expected: a list of texts, as the model takes"
                        + " words)",
                "same: [cat] | sames: [cat] | b.known[0].expect.sames: unknown key (did you mean same?)",
                "same: [cat] | refused: true | b.known[0].expect.answers: [\"sat\"] (expected: no such key beside"
                        + " refused: true)",
                "timeMillis: 50 | timeMillis: 0 | b.known[1].expect.timeMillis: 0 (expected: a whole number from 1 to"
                        + " 2147483647)",
                "timeMillis: 50 | refused: yes please | b.known[1].expect.refused: \"yes please\" (expected: true or"
                        + " false)",
                "known: | known: {} # | b.known: {} (expected: a list)",
                "known: | known: [] # | b.known: [] (expected: at least one case)",
                "b: | b: [] # | b: [] (expected: a mapping with categories)",
            })
    void refusesASuiteFileNamingPlaceAndExpectation(String right, String wrong, String message) {
        String sound = """
            b:
              known:
                - { id: S01, input: [the, cat], expect: { answers: [sat], confidence: 0.1, same: [cat] } }
                - { id: S02, input: [dog], expect: { timeMillis: 50 } }
            """;
        assertThat(sound).contains(right);
        String broken = wrong.endsWith("#")
                ? sound.substring(0, sound.indexOf(right)) + wrong.replace("#", "") + "\n"
                : sound.replace(right, wrong);

        assertThatThrownBy(() -> words("[own]", broken))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(folder.resolve("suites/own.yaml") + ": " + message);
    }

    @Test
    void refusesAnEmptySuiteFile() {
        assertThatThrownBy(() -> words("[own]", ""))
                .hasMessage(folder.resolve("suites/own.yaml") + ": nothing (expected: a mapping with suites)");
    }

    @Test
    void refusesTheNameOfASuiteFileThatIsNotThere() {
        assertThatThrownBy(() -> words("[others]", "a: {}"))
                .hasMessage(folder.resolve("models/next-word.yaml") + ": suites[0]: others (expected: the name of a"
                        + " file in " + folder.resolve("suites") + ", without .yaml)");
    }

    @Test
    void refusesTextForNumbersAndRowsOfAnotherLengthUnlessTheyAreToBeRefused() throws IOException {
        assertThatThrownBy(() -> digits("{ id: S01, input: \"7\" }"))
                .hasMessageEndingWith("b.c[0].input: 7 (expected: a list of numbers, as the model takes numbers)");
        assertThatThrownBy(() -> digits("{ id: S01, input: [7, 8] }"))
                .hasMessageEndingWith("b.c[0].input: [7,8] (expected: 64 numbers)");
        assertThat(digits("{ id: S01, input: [7, 8], expect: { refused: true } }")
                        .suites())
                .hasSize(1);
    }

    @Test
    void refusesAListForAText() {
        assertThatThrownBy(() -> model("mail", "[own]", "b:\n  c:\n    - { id: S01, input: [a, b] }\n"))
                .hasMessageEndingWith("b.c[0].input: [\"a\",\"b\"] (expected: a text, as the model takes one)");
    }

    private ModelSettings words(String suites, String file) throws IOException {
        return model("next-word", suites, file);
    }

    private ModelSettings digits(String one) throws IOException {
        return model("digits", "[own]", "b:\n  c:\n    - " + one + "\n");
    }

    /** A packed model with a suite file of its own. */
    private ModelSettings model(String name, String suites, String file) throws IOException {
        String packed = PackedTreeTest.text("models/" + name + ".yaml");
        Files.createDirectories(folder.resolve("models"));
        Files.createDirectories(folder.resolve("suites"));
        Files.writeString(
                folder.resolve("models").resolve(name + ".yaml"),
                packed.replace("suites: [" + name + "]", "suites: " + suites));
        Files.writeString(folder.resolve("suites/own.yaml"), file);
        Path settings = folder.resolve("abgate.yaml");
        Files.writeString(settings, "");
        return Configuration.load(settings, Map.of(), List.of()).models().get(0);
    }
}
