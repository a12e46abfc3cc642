package io.abgate.model.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.abgate.model.Datasets;
import io.abgate.model.RowJson;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.XxHash64;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderTest {
    private static final Encoder WORDS = new HashedWords(1024, "xxh64");
    private static final Encoder LAST = new LastWord(List.of("cat", "dog", "unknown"), "unknown");
    private static final Encoder NUMBERS = new Numeric(3, 0.5);

    private static Tensor text(String... rows) {
        return Tensor.ofStrings("text", List.of((long) rows.length), rows);
    }

    private static Tensor context(String... words) {
        return Tensor.ofStrings("context", List.of(1L, (long) words.length), words);
    }

    private static int[] indexes(Encoder encoder, Tensor tensor, int row) {
        Features features = new Features();
        encoder.check(tensor);
        encoder.encode(tensor, row, features);
        return IntStream.range(0, features.count()).map(features::index).toArray();
    }

    @ParameterizedTest
    @CsvSource({"the, 806", "free, 147", "money, 1010"})
    void wordsHashToTheirGoldenPlaces(String word, int index) {
        assertThat(indexes(WORDS, text(word), 0)).containsExactly(index);
    }

    @Test
    void repeatedWordsCaseOrderAndSpaceChangeNothing() {
        int[] expected = {147, 806, 1010};

        assertThat(indexes(WORDS, text("the free money"), 0)).containsExactly(expected);
        assertThat(indexes(WORDS, text("x", "\tMoney  FREE\nthe money "), 1)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 1000, 5, 1, 100_000})
    void everyMailIsEncodedAsTheDefinitionSays(int size) {
        Encoder encoder = new HashedWords(size, "xxh64");
        for (Example mail : Datasets.mail().subList(0, 300)) {
            Tensor row = RowJson.tensor(encoder.input(), List.of(mail.input()));
            assertThat(indexes(encoder, row, 0)).containsExactly(byDefinition(row.strings()[0], size));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Grüße AUS Köln",
                "É\u2003a\u2028b\u00A0c",
                "İstanbul ΣΑΣ",
                "lone \uD800 half\uDC00X",
                "\uD83D\uDE00 Pair",
                "a\u001Cb\u001Dc\u0000d\u000Be\u007F",
                "@AZ[`az{"
            })
    void lettersOfAllKindsAreEncodedAsTheDefinitionSays(String text) {
        assertThat(indexes(WORDS, text(text), 0)).containsExactly(byDefinition(text, 1024));
    }

    private static int[] byDefinition(String text, int size) {
        StringBuilder spaced = new StringBuilder();
        text.chars().forEach(letter -> spaced.append(Character.isWhitespace(letter) ? ' ' : (char) letter));
        return Stream.of(spaced.toString().split(" "))
                .filter(word -> !word.isEmpty())
                .mapToLong(word -> XxHash64.hash(word.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8), 0))
                .mapToInt(hash -> (int) Long.remainderUnsigned(hash, size))
                .distinct()
                .sorted()
                .toArray();
    }

    @Test
    void textWithoutWordsIsEmptyButZerosAreNot() {
        Features none = new Features();

        WORDS.encode(text(" \n"), 0, none);

        assertThat(WORDS.isEmpty(none)).isTrue();
        assertThat(NUMBERS.isEmpty(none)).isFalse();
    }

    @Test
    void longTextsGrowTheBuffer() {
        String text =
                String.join(" ", IntStream.range(0, 500).mapToObj(i -> "w" + i).toList());

        assertThat(indexes(WORDS, text(text), 0)).hasSizeGreaterThan(300).isSorted();
    }

    @Test
    void lastWordIsItsPlaceInTheVocabulary() {
        assertThat(indexes(LAST, context("cat", "dog"), 0)).containsExactly(1);
        assertThat(indexes(LAST, context("dog", "bird"), 0)).containsExactly(2);
    }

    @Test
    void emptyLastWordIsAnUnknownOne() {
        assertThat(indexes(LAST, context("cat", ""), 0)).containsExactly(2);
    }

    @Test
    void emptyContextIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> indexes(LAST, context("", ""), 0))
                .withMessage("context[0]: an empty context (expected: at least one word)");
        assertThatIllegalArgumentException().isThrownBy(() -> indexes(LAST, context(), 0));
    }

    @Test
    void numbersAreScaled() {
        Features features = new Features();

        NUMBERS.encode(Tensor.ofNumbers("x", Datatype.INT32, List.of(1L, 3L), new double[] {2, 0, -4}), 0, features);

        assertThat(features.count()).isEqualTo(2);
        assertThat(features.index(1)).isEqualTo(2);
        assertThat(features.value(1)).isEqualTo(-2);
    }

    @Test
    void numbersThatAreNotFiniteAreRefused() {
        Tensor tensor = Tensor.ofNumbers("x", Datatype.FP64, List.of(1L, 3L), new double[] {1, Double.NaN, 2});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> indexes(NUMBERS, tensor, 0))
                .withMessage("x[0][1]: NaN (expected: a finite number)");
    }

    @Test
    void otherDatatypesAndShapesAreRefused() {
        Tensor numbers = Tensor.ofNumbers("x", Datatype.FP64, List.of(1L, 2L), new double[] {1, 2});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NUMBERS.check(numbers))
                .withMessage("shape of x: [1, 2] (expected: [n, 3])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WORDS.check(numbers))
                .withMessage("x: FP64 (expected: BYTES)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WORDS.check(context("a", "b")))
                .withMessage("shape of context: [1, 2] (expected: [n] or [n, 1])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LAST.check(text("cat")))
                .withMessage("shape of text: [1] (expected: [n, w])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NUMBERS.check(text("1")))
                .withMessage("text: BYTES (expected: a numeric datatype)");
    }
}
