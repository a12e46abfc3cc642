package io.abgate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowJsonTest {
    private static final TensorSpec TEXT = new TensorSpec("text", Datatype.BYTES, List.of(-1L, 1L));
    private static final TensorSpec CONTEXT = new TensorSpec("context", Datatype.BYTES, List.of(-1L, -1L));
    private static final TensorSpec NUMBERS = new TensorSpec("features", Datatype.FP64, List.of(-1L, 2L));

    @Test
    void textIsAString() {
        Tensor tensor = Tensor.ofStrings("text", List.of(2L), new String[] {"one", "say \"two\"\n"});

        assertThat(RowJson.of(TEXT, tensor, 1)).isEqualTo("\"say \\\"two\\\"\\n\"");
    }

    @Test
    void contextIsAnArrayOfStringsWithoutItsPadding() {
        Tensor tensor = Tensor.ofStrings("context", List.of(2L, 2L), new String[] {"the", "cat", "", "dog"});

        assertThat(RowJson.of(CONTEXT, tensor, 0)).isEqualTo("[\"the\",\"cat\"]");
        assertThat(RowJson.of(CONTEXT, tensor, 1)).isEqualTo("[\"dog\"]");
    }

    @Test
    void numericRowIsAnArrayOfNumbersThatRoundTripToTheBit() {
        double[] numbers = {16, 0.1 + 0.2, -3, 4.9e-324};
        Tensor tensor = Tensor.ofNumbers("x", Datatype.FP32, List.of(2L, 2L), numbers);

        List<String> rows = List.of(RowJson.of(NUMBERS, tensor, 0), RowJson.of(NUMBERS, tensor, 1));

        assertThat(rows).containsExactly("[16,0.30000000000000004]", "[-3,4.9E-324]");
        assertThat(RowJson.tensor(NUMBERS, rows).numbers()).isEqualTo(numbers);
    }

    @Test
    void shortContextsArePaddedAtTheFront() {
        Tensor tensor = RowJson.tensor(CONTEXT, List.of("[\"the\",\"big\",\"cat\"]", "[\"dog\"]", "[]"));

        assertThat(tensor.shape()).containsExactly(3L, 3L);
        assertThat(tensor.strings()).containsExactly("the", "big", "cat", "", "", "dog", "", "", "");
    }

    @Test
    void textsMakeOneColumn() {
        Tensor tensor = RowJson.tensor(TEXT, List.of("\"a\"", "\"b c\""));

        assertThat(tensor.shape()).containsExactly(2L, 1L);
        assertThat(tensor.strings()).containsExactly("a", "b c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[\"a\"", "null", "\"a\"", "[1]", "[\"a\",null]", "[\"a\"] x", "{}"})
    void whatIsNoContextIsRefused(String row) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowJson.tensor(CONTEXT, List.of(row)))
                .withMessage("row: " + row + " (expected: a JSON array of strings)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,\"2\"]", "[1,NaN]", "[1,1e999]", "[1,null]", "7"})
    void whatAreNoFiniteNumbersIsRefused(String row) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowJson.tensor(NUMBERS, List.of(row)))
                .withMessage("row: " + row + " (expected: a JSON array of finite numbers)");
    }

    @Test
    void raggedNumericRowsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowJson.tensor(NUMBERS, List.of("[1,2]", "[3]")))
                .withMessage("row: 1 numbers (expected: 2 as in the first row)");
    }

    @Test
    void numbersForATextModelAreRefused() {
        Tensor tensor = Tensor.ofNumbers("text", Datatype.INT32, List.of(1L), new double[] {1});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowJson.of(TEXT, tensor, 0))
                .withMessage("text: INT32 (expected: BYTES)");
    }
}
