package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.TensorSpec;
import io.abgate.registry.policy.Reference;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.LabelRow;
import io.abgate.registry.store.LabelledSample;
import io.abgate.registry.store.NewLabel;
import io.abgate.registry.store.SampleRow.Origin;
import io.abgate.registry.store.Stores;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of {@code buffer.json}. The exercise asks for ten raw samples and then fails on {@code z}; here ten usable
 * ones are asked for before a training that nobody ordered.
 */
final class BufferReferenceTest {
    private static final int CAPACITY = 1_000;
    private static final int MINIMUM = 10;
    private static final TensorSpec CONTEXT = new TensorSpec("context", Datatype.BYTES, List.of(-1L, -1L));
    private static final List<String> WORDS = List.of(("the cat dog sat ran on in mat park house big small red blue"
                    + " quickly slowly jumped over under unknown word a teh z")
            .split(" ", -1));

    @TempDir
    private Path home;

    @Test
    void holdsTheNewestThousandLabelledSamplesAlsoAfterARestart() {
        int added = 0;
        for (JsonNode row : Reference.read("buffer.json").path("eviction")) {
            try (EventStore store = open()) {
                label(store, added, row.path("added").intValue());
                added = row.path("added").intValue();
                assertHolds(store, row);
            }
            try (EventStore store = open()) {
                assertHolds(store, row);
            }
        }
        assertThat(added).isEqualTo(2_500);
    }

    private EventStore open() {
        return Stores.open("sqlite:", home, "node-a", InstantSource.fixed(Instant.EPOCH));
    }

    /** Samples w{@code from} to w{@code to} come, each with its label behind it. */
    private static void label(EventStore store, int from, int to) {
        store.write(transaction -> {
            for (int i = from; i < to; i++) {
                PredictionId id = new PredictionId(1, PredictionId.SAMPLED, 1, 1, 1, 0, .5f, 1, i, i, i);
                transaction.sample("next-word", i, i, Origin.LIVE, "[\"w" + i + "\"]", null, List.of());
                transaction.labels(List.of(new NewLabel("next-word", id, LabelRow.Kind.ACCEPTED, "cat", 1, "app")));
            }
            return to;
        });
    }

    private static void assertHolds(EventStore store, JsonNode row) {
        List<LabelledSample> held = store.newestLabelled("next-word", Long.MAX_VALUE, CAPACITY);
        assertThat(held).hasSize(row.path("size").intValue());
        assertThat(word(held, 0)).isEqualTo(row.path("first").textValue());
        assertThat(word(held, held.size() - 1)).isEqualTo(row.path("last").textValue());
        Buffer followed = buffer();
        followed.add(store.labelledAfter("next-word", 0, CAPACITY));
        assertThat(followed.figures().size()).isEqualTo(held.size());
    }

    private static @Nullable String word(List<LabelledSample> held, int index) {
        return held.isEmpty() ? null : held.get(index).example().input().replaceAll("[^w0-9]", "");
    }

    private static Buffer buffer() {
        return new Buffer(CAPACITY, 0, new SampleCheck(CONTEXT, WORDS));
    }

    static Stream<JsonNode> preconditions() {
        return Reference.each(Reference.read("buffer.json").path("retrain_preconditions"));
    }

    @ParameterizedTest
    @MethodSource("preconditions")
    void asksForTenUsableSamplesWhereTheExerciseAsksForTen(JsonNode row) {
        List<Example> rows = rows(row.path("buffer").textValue());
        Buffer buffer = buffer();
        for (Example one : rows) {
            buffer.add(List.of(
                    new LabelledSample(buffer.lastSeq() + 1, 0, buffer.lastSeq(), Origin.LIVE, Instant.EPOCH, one)));
        }
        BufferFigures figures = buffer.figures();
        assertThat(figures.size()).isEqualTo(row.path("size").intValue());
        if (row.path("data_points").isInt()) {
            assertThat(figures.usable()).isEqualTo(row.path("data_points").intValue());
        }
        if (row.path("exception").isTextual()) {
            assertThat(figures.usable()).as("z is a word").isEqualTo(figures.size());
        }
        if (row.path("refusal").asText().startsWith("No valid")) {
            assertThat(figures.usable()).isZero();
        }
        assertThat(figures.tooFew(MINIMUM) == null).isEqualTo(figures.usable() >= MINIMUM);
    }

    /** Rows by a description such as {@code 9 unknown targets + 1 valid}. */
    private static List<Example> rows(String description) {
        List<Example> rows = new ArrayList<>();
        for (String part : description.replace(", no baseline", "").split(" \\+ ", -1)) {
            String[] words = part.split(" ", 2);
            boolean counted = Character.isDigit(words[0].charAt(0));
            int count = counted ? Integer.parseInt(words[0]) : 1;
            for (int i = 0; i < count; i++) {
                rows.add(row(counted ? words[words.length - 1] : part));
            }
        }
        return rows;
    }

    private static Example row(String kind) {
        return switch (kind) {
            case "valid" -> new Example("[\"the\"]", "cat");
            case "unknown targets" -> new Example("[\"the\"]", "elephant");
            case "empty contexts", "empty context" -> new Example("[]", "cat");
            case "target z" -> new Example("[\"the\"]", "z");
            case "input z" -> new Example("[\"z\"]", "cat");
            default -> throw new AssertionError(kind);
        };
    }
}
