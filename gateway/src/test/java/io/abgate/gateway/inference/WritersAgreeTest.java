package io.abgate.gateway.inference;

import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.inference.OutputSelection.Output;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Route;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.Tensor;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers are, byte for byte, what Jackson prints of them. */
class WritersAgreeTest {
    private static final double[] NUMBERS = {
        0,
        -0.0,
        1,
        0.5,
        0.1,
        1e-5,
        1e-3,
        1e7,
        1.0E22,
        2e-3,
        0.7920494431813995,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        2.2250738585072014E-308
    };
    private static final String[] TEXTS = {
        "",
        "ham",
        "naïve",
        "漢字",
        "😀 and é",
        "\"quoted\"",
        "back\\slash",
        "/",
        "tab\t",
        "line\nand\r",
        "\b\f",
        "\u0000\u001f",
        "\u007f",
        "\u2028",
        "\u0080",
        "\uffff"
    };

    private final AnswerWriter writer = new AnswerWriter();

    private void agree(InferenceRequest request, Answered answered, boolean stale, List<String> tokens) {
        Assignment assignment = new Assignment(
                table(4711, answered.version()), stale, answered.version(), answered.route(), 1, false, false);
        int rows = answered.reply().rows();
        for (int oneIn : new int[] {0, 1, 2}) {
            KeptRows kept = KeptRows.drawn(rows, 0, oneIn, new Random(rows));
            assertThat(writer.write("mail", request, assignment, answered, tokens, kept)
                            .toString())
                    .isEqualTo(JacksonAnswerWriter.write("mail", request, assignment, answered, tokens, kept)
                            .toString());
        }
    }

    private static InferenceRequest request(@Nullable String id, OutputSelection outputs) {
        return new InferenceRequest(id, null, Tensor.ofStrings("text", List.of(1L), new String[] {"a"}), outputs);
    }

    private static Answered answered(Route route, List<String> labels, double... numbers) {
        int rows = numbers.length;
        double[][] probabilities = IntStream.range(0, rows)
                .mapToObj(row ->
                        labels.stream().mapToDouble(label -> numbers[row]).toArray())
                .toArray(double[][]::new);
        int[] label = IntStream.range(0, rows).map(row -> row % labels.size()).toArray();
        return new Answered(
                version(12, Stage.CHAMPION, 1), route, new PredictReply(labels, label, numbers, probabilities), 0);
    }

    private static List<String> tokens(int rows) {
        return IntStream.range(0, rows).mapToObj(row -> "AZaz09-_" + row).toList();
    }

    static Stream<Set<Output>> selections() {
        Output[] outputs = Output.values();
        return IntStream.range(0, 1 << outputs.length).mapToObj(bits -> IntStream.range(0, outputs.length)
                .filter(place -> (bits & 1 << place) != 0)
                .mapToObj(place -> outputs[place])
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Output.class))));
    }

    @ParameterizedTest
    @MethodSource("selections")
    void whateverIsAskedFor(Set<Output> outputs) {
        for (Route route : Route.values()) {
            Answered answered = answered(route, List.of("ham", "spam"), 0.75, 0.25);
            agree(request("7", new OutputSelection(outputs)), answered, route == Route.CHAMPION, tokens(2));
        }
    }

    @Test
    void whoeverVoted() {
        Answered one = answered(Route.ENSEMBLE, List.of("ham"), 0.75);
        Ballot cast = Ballot.cast(version(3, Stage.CANARY, 0.5), one.reply());
        Ballot spoilt = Ballot.spoilt(version(5, Stage.STANDBY, 0.1), new IllegalStateException("no answer"));
        Ballot own = Ballot.cast(one.version(), one.reply());
        for (List<Ballot> ballots : List.of(List.of(own), List.of(cast, spoilt, own), List.of(spoilt))) {
            agree(request("7", OutputSelection.DEFAULT), one.after(ballots), false, tokens(1));
        }
    }

    @Test
    void whateverTheTextsAre() {
        for (String text : TEXTS) {
            agree(request(text, OutputSelection.DEFAULT), answered(Route.CANARY, List.of(text), 0.5), false, tokens(1));
        }
        agree(
                request(null, OutputSelection.DEFAULT),
                answered(Route.CANARY, List.of(TEXTS), NUMBERS),
                false,
                tokens(18));
    }

    @Test
    void whateverTheNumbersAre() {
        OutputSelection all = new OutputSelection(EnumSet.allOf(Output.class));
        agree(request(null, all), answered(Route.PINNED, List.of("a"), NUMBERS), false, tokens(NUMBERS.length));
        Random random = new Random(1);
        double[] any = random.longs(1_000).mapToDouble(Double::longBitsToDouble).toArray();
        agree(request(null, all), answered(Route.PINNED, List.of("a", "b", "c"), any), false, tokens(any.length));
        agree(
                request(null, all),
                answered(Route.PINNED, List.of("a"), random.doubles(1_000).toArray()),
                false,
                tokens(1_000));
    }

    @Test
    void aBufferThatGrewForOneAnswerServesTheNext() {
        String large = "x".repeat(100_000);
        agree(request(large, OutputSelection.DEFAULT), answered(Route.CANARY, List.of("a"), 0.5), false, tokens(1));
        agree(request("small", OutputSelection.DEFAULT), answered(Route.CANARY, List.of("a"), 0.5), false, tokens(1));
    }
}
