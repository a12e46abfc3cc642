package io.abgate.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.model.ModelRuntime;
import io.abgate.model.dense.ForwardPass;
import io.abgate.model.dense.Network;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Tensor;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of {@code reference/predictions.json}: 15 suite contexts, 10 test contexts, two models. */
class PredictionsReferenceTest {
    private static final Offset<Double> SAME = Offset.offset(1e-12);
    private static final JsonNode FILE = Reference.read("predictions.json");
    private static final int CASES = 25;

    private static JsonNode model(String name) {
        return FILE.get("models").get(name);
    }

    private static JsonNode row(String model, int index) {
        JsonNode row = model(model).get("rows").get(index);
        assertThat(row.get("id")).isEqualTo(FILE.get("cases").get(index).get("id"));
        return row;
    }

    @ParameterizedTest
    @ValueSource(strings = {"M0", "M1"})
    void everyInputHasTheProbabilitiesOfTheExercise(String name) {
        ForwardPass pass = new ForwardPass(Reference.start(name));
        JsonNode byInput = model(name).get("probabilities_by_input_id");

        assertThat(byInput).hasSize(12);
        for (Map.Entry<String, JsonNode> input : byInput.properties()) {
            double[] expected = IntStream.range(0, Reference.WORDS)
                    .mapToDouble(i -> input.getValue().get(i).doubleValue())
                    .toArray();
            assertThat(pass.run(Reference.input(Integer.parseInt(input.getKey()))))
                    .as("input %s", input.getKey())
                    .containsExactly(expected, SAME);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"M0", "M1"})
    void everyCaseHasTheWordAndConfidenceOfTheExercise(String name) {
        ForwardPass pass = new ForwardPass(Reference.start(name));
        assertThat(FILE.get("cases")).hasSize(CASES);
        for (int i = 0; i < CASES; i++) {
            JsonNode input = FILE.get("cases").get(i).get("input_id");
            JsonNode row = row(name, i);
            if (input.isNull()) { // the empty context
                assertThat(row.get("argmax_index").isNull()).isTrue();
                continue;
            }
            double[] probabilities = pass.run(Reference.input(input.intValue()));
            int best = Reference.likeliest(probabilities);
            assertThat(best).as("%s", row).isEqualTo(row.get("argmax_index").intValue());
            assertThat(Reference.word(best)).isEqualTo(row.get("word").textValue());
            assertThat(probabilities[best]).isCloseTo(row.get("confidence").doubleValue(), SAME);
        }
    }

    @ParameterizedTest
    @CsvSource({"M0, 0", "M1, 6"})
    void testContextsAreRightAsOftenAsInTheExercise(String name, int right) {
        int marked = 0;
        for (JsonNode row : model(name).get("rows")) {
            marked += row.get("correct").asBoolean() ? 1 : 0;
        }

        assertThat(Reference.rightOfTen(Reference.start(name))).isEqualTo(right).isEqualTo(marked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"M0", "M1"})
    void modelOfWordsAnswersEveryContextAsTheExerciseDoes(String name) {
        Network network = Reference.rotated(Reference.start(name));
        ModelRuntime runtime = Reference.model(network).newRuntime();
        int answered = 0;
        for (int i = 0; i < CASES; i++) {
            JsonNode test = FILE.get("cases").get(i);
            Tensor context = Reference.context(test.get("context"));
            if (test.get("context").isEmpty()) {
                assertThatIllegalArgumentException().isThrownBy(() -> runtime.predict(context));
            } else if (test.get("input_id").intValue() != Reference.ZERO_INPUT) {
                assertSameAnswer(name, i, runtime.predict(context));
                answered++;
            }
        }
        assertThat(answered).isEqualTo(CASES - 2);
    }

    private static void assertSameAnswer(String model, int index, PredictReply reply) {
        JsonNode row = row(model, index);
        String input = FILE.get("cases").get(index).get("input_id").asText();
        JsonNode probabilities = model(model).get("probabilities_by_input_id").get(input);

        assertThat(reply.probabilities()[0]).as("%s", row).containsExactly(Reference.rotated(probabilities), SAME);
        assertThat(reply.confidence()[0]).isCloseTo(row.get("confidence").doubleValue(), SAME);
        if (row.get("argmax_index").intValue() != 0) { // no word; "z" has its place here
            assertThat(reply.labels().get(reply.label()[0]))
                    .isEqualTo(row.get("word").textValue());
        }
    }
}
