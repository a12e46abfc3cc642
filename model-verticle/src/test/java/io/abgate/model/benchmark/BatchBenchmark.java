package io.abgate.model.benchmark;

import io.abgate.model.ModelRuntime;
import io.abgate.model.dense.Blueprint;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Microseconds for 64 rows of numbers: in one request, and in a request each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BatchBenchmark {
    private static final int ROWS = 64;

    /** Numbers in a row, and width of the hidden layer: of the digits, and of networks that no cache holds. */
    @Param({"64-32", "784-256", "1024-1024"})
    private String network = "";

    private ModelRuntime runtime = input -> {
        throw new IllegalStateException("not set up");
    };
    private List<Tensor> alone = List.of();
    private Tensor together = tensor(new double[1], 1);

    /** Draws weights and rows. */
    @Setup
    public void draw() {
        int[] sizes =
                Arrays.stream(network.split("-")).mapToInt(Integer::parseInt).toArray();
        runtime = Blueprint.parse("""
                        {"format":"abgate/dense-v1","labels":["a","b","c","d","e","f","g","h","i","j"],
                         "encoder":{"kind":"numeric","size":%d,"scale":1},
                         "hidden":[%d],"initialisation":{"kind":"he-normal"}}""".formatted(sizes[0], sizes[1])).model(1).newRuntime();
        double[] numbers = new Random(2).doubles((long) ROWS * sizes[0]).toArray();
        together = tensor(numbers, sizes[0]);
        alone = IntStream.range(0, ROWS)
                .mapToObj(row -> Arrays.copyOfRange(numbers, row * sizes[0], (row + 1) * sizes[0]))
                .map(row -> tensor(row, sizes[0]))
                .toList();
    }

    private static Tensor tensor(double[] numbers, int width) {
        return Tensor.ofNumbers(
                "features", Datatype.FP64, List.of((long) (numbers.length / width), (long) width), numbers);
    }

    /** All rows at once. */
    @Benchmark
    public PredictReply batch() {
        return runtime.predict(together);
    }

    /** One after another; gives the last answer. */
    @Benchmark
    public PredictReply oneByOne() {
        PredictReply last = runtime.predict(alone.get(0));
        for (int row = 1; row < ROWS; row++) {
            last = runtime.predict(alone.get(row));
        }
        return last;
    }
}
