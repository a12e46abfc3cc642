package io.abgate.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Measures the steps of a prediction, about two minutes long, and holds them against each other. */
@Tag("benchmark")
class HotPathBenchmarkTest {
    private static final double MOST_NANOS = 8_000;

    /** Processor time and memory of one step. */
    private record Cost(double nanos, double bytes) {
        static Cost of(RunResult result) {
            // of the best turn: whoever else uses the machine can only make it slower
            double micros = result.getSecondaryResults()
                    .get(CpuTimeProfiler.CPU)
                    .getStatistics()
                    .getMin();
            double bytes =
                    result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
            return new Cost(micros * 1_000, bytes);
        }
    }

    private static Map<String, Cost> costs() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(HotPathBenchmark.class.getName())
                        .forks(1)
                        .warmupIterations(4)
                        .measurementIterations(5)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(CpuTimeProfiler.class)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .build())
                .run();
        Map<String, Cost> costs = new TreeMap<>();
        results.forEach(result -> {
            String name = result.getParams().getBenchmark();
            costs.put(name.substring(name.lastIndexOf('.') + 1), Cost.of(result));
        });
        return costs;
    }

    @Test
    void isAsCheapAsPromised() throws RunnerException, IOException {
        Map<String, Cost> costs = costs();
        StringBuilder table = new StringBuilder("| step | processor time, ns | bytes |%n|---|---|---|%n".formatted());
        costs.forEach((step, cost) ->
                table.append(String.format(Locale.ROOT, "| %s | %.0f | %.0f |%n", step, cost.nanos(), cost.bytes())));
        Files.writeString(Path.of("target", "hot-path.md"), table);
        System.out.print(table);

        assertThat(costs.get("parse").nanos())
                .isLessThan(costs.get("parseByJackson").nanos());
        assertThat(costs.get("print").nanos())
                .isLessThan(costs.get("printByJackson").nanos());
        assertThat(costs.get("metrics").bytes()).isLessThan(1);
        double sum = costs.entrySet().stream()
                .filter(step -> !step.getKey().endsWith("Jackson"))
                .mapToDouble(step -> step.getValue().nanos())
                .sum();
        assertThat(sum).isLessThan(MOST_NANOS);
    }
}
