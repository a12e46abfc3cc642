package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.BufferFigures.Count;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.TensorSpec;
import io.abgate.registry.domain.Unusable;
import io.abgate.registry.policy.Mail;
import io.abgate.registry.store.LabelledSample;
import io.abgate.registry.store.SampleRow.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a buffer holds, and what of it a model could learn from. */
final class BufferTest {
    private static final TensorSpec WORDS = new TensorSpec("context", Datatype.BYTES, List.of(-1L, -1L));
    private static final TensorSpec PIXELS = new TensorSpec("pixels", Datatype.FP32, List.of(-1L, 2L));
    private static final TensorSpec ANY_NUMBERS = new TensorSpec("numbers", Datatype.FP64, List.of(-1L, -1L));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "text | \"a\"         | ham  |",
                "text | \"a\"         | eggs | UNKNOWN_TRUTH",
                "text | \"\"          | eggs | UNKNOWN_TRUTH",
                "text | \" \\n\\t\"   | ham  | EMPTY_INPUT",
                "text | []            | ham  | EMPTY_INPUT",
                "text | [\"a\"]       | ham  | UNFIT_INPUT",
                "text | 7             | ham  | UNFIT_INPUT",
                "text | null          | ham  | UNFIT_INPUT",
                "text | {}            | ham  | UNFIT_INPUT",
                "text | \"a\" \"b\"   | ham  | UNFIT_INPUT",
                "text | a             | ham  | UNFIT_INPUT",
                "words| [\"a\"]       | ham  |",
                "words| [\"\",\"a\"]  | ham  |",
                "words| [\"\",\"\"]   | ham  | EMPTY_INPUT",
                "words| []            | ham  | EMPTY_INPUT",
                "words| \"a\"         | ham  | UNFIT_INPUT",
                "words| [\"a\",7]     | ham  | UNFIT_INPUT",
                "pixels| [1,2.5]      | ham  |",
                "pixels| [1]          | ham  | UNFIT_INPUT",
                "pixels| [1,2,3]      | ham  | UNFIT_INPUT",
                "pixels| [1,1e999]    | ham  | UNFIT_INPUT",
                "pixels| [1,null]     | ham  | UNFIT_INPUT",
                "pixels| [1,\"2\"]    | ham  | UNFIT_INPUT",
                "numbers| [1,2,3]     | ham  |",
                "numbers| []          | ham  | EMPTY_INPUT"
            })
    void saysWhyNothingCanBeLearntFromARow(String input, String row, String truth, Unusable reason) {
        TensorSpec spec = Map.of("text", Mail.INPUT, "words", WORDS, "pixels", PIXELS, "numbers", ANY_NUMBERS)
                .get(input);
        SampleCheck check = new SampleCheck(spec, Mail.LABELS);
        assertThat(check.unusable(new Example(row, truth))).isEqualTo(Optional.ofNullable(reason));
    }

    private static LabelledSample sample(long seq, Origin origin, String text, String truth) {
        return new LabelledSample(
                seq, seq, seq, origin, Instant.ofEpochSecond(seq), new Example("\"" + text + "\"", truth));
    }

    private static Buffer buffer(int capacity) {
        return new Buffer(capacity, 0, new SampleCheck(Mail.INPUT, Mail.LABELS));
    }

    @Test
    void countsOriginsReasonsDuplicatesAndConflicts() {
        Buffer buffer = buffer(10);
        buffer.add(List.of(
                sample(1, Origin.SEED, "a", "ham"),
                sample(2, Origin.SEED, "", "ham"),
                sample(3, Origin.LIVE, "a", "ham"),
                sample(4, Origin.LIVE, "a", "spam"),
                sample(5, Origin.LIVE, "a", "spam"),
                sample(6, Origin.LIVE, "b", "eggs"),
                sample(7, Origin.LIVE, "b", "spam")));
        BufferFigures figures = buffer.figures();
        assertThat(figures.size()).isEqualTo(7);
        assertThat(figures.usable()).isEqualTo(5);
        assertThat(figures.origins()).isEqualTo(Map.of(Origin.SEED, new Count(2, 1), Origin.LIVE, new Count(5, 4)));
        assertThat(figures.unusable()).isEqualTo(Map.of(Unusable.EMPTY_INPUT, 1, Unusable.UNKNOWN_TRUTH, 1));
        assertThat(figures.refused()).extracting(BufferFigures.Refused::seq).containsExactly(2L, 6L);
        assertThat(figures.duplicates()).as("3 and 5").isEqualTo(2);
        assertThat(figures.conflicts()).as("a; b's other truth is no label").isEqualTo(1);
        assertThat(figures.oldest()).isEqualTo(Instant.ofEpochSecond(1));
        assertThat(figures.newest()).isEqualTo(Instant.ofEpochSecond(7));
    }

    @Test
    void losesTheOldestRowsWithAllTheyCountedFor() {
        Buffer buffer = buffer(2);
        buffer.add(List.of(sample(1, Origin.SEED, "", "ham"), sample(2, Origin.SEED, "a", "ham")));
        assertThat(buffer.figures().unusable()).hasSize(1);
        buffer.add(List.of(sample(3, Origin.LIVE, "a", "spam")));
        assertThat(buffer.figures().unusable()).isEmpty();
        assertThat(buffer.figures().conflicts()).isEqualTo(1);
        assertThat(buffer.figures().size()).isEqualTo(2);
        assertThat(buffer.lastSeq()).isEqualTo(3);
        buffer.add(List.of(sample(4, Origin.LIVE, "c", "spam")));
        assertThat(buffer.figures().conflicts()).isZero();
        assertThat(buffer.figures().origins()).containsOnlyKeys(Origin.LIVE);
    }

    @ParameterizedTest
    @CsvSource({"9, 9 usable of 10 rows (expected: at least 10)", "10, "})
    void asksForUsableRowsAndNotForRawOnes(int usable, String tooFew) {
        Buffer buffer = buffer(100);
        for (int i = 0; i < usable; i++) {
            buffer.add(List.of(sample(i + 1, Origin.LIVE, "a " + i, "ham")));
        }
        if (usable < 10) {
            buffer.add(List.of(sample(usable + 1, Origin.LIVE, "b", "eggs")));
        }
        assertThat(buffer.figures().tooFew(10)).isEqualTo(tooFew);
    }

    @Test
    void leavesHeldOutRowsOutOfThoseToTrainOn() {
        Buffer buffer = new Buffer(1_000, 5, new SampleCheck(Mail.INPUT, Mail.LABELS));
        for (int i = 1; i <= 1_000; i++) {
            buffer.add(List.of(sample(i, Origin.LIVE, "a", "ham")));
        }
        BufferFigures figures = buffer.figures();
        assertThat(figures.heldOut()).isBetween(150, 250);
        assertThat(figures.trainable()).isEqualTo(1_000 - figures.heldOut());
        assertThat(figures.tooFew(900))
                .isEqualTo(figures.trainable() + " usable of 1000 rows, " + figures.heldOut()
                        + " more held out (expected: at least 900)");
    }
}
