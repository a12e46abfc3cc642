package io.abgate.loadtest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a request cost one target, turn by turn.
 *
 * @param micros of processor time for a request, a turn each
 * @param perSecond requests answered in a second, a turn each
 * @param p99Millis of requests that arrive at a moderate rate, a turn each; empty where that was not measured
 */
record ServingCost(ServingTarget target, List<Double> micros, List<Double> perSecond, List<Double> p99Millis) {
    private static final String HEAD = """
            | target | processor time a request, µs | beside the first | requests a second, at most | p99 at 2,000 a second, ms |
            |---|---|---|---|---|
            """;

    /** How targets are measured: each for so long in every turn, from so many connections. */
    record Turns(int turns, Duration length, Duration warmUp, int connections) {}

    /** Measures targets in turns, so that all share the machine's moods. */
    static List<ServingCost> measure(List<ServingTarget> targets, Turns turns) {
        Map<ServingTarget, ClosedLoop> loops = new LinkedHashMap<>();
        try {
            List<ServingCost> costs = new ArrayList<>();
            for (ServingTarget target : targets) {
                loops.put(target, new ClosedLoop(target, turns.connections()));
                costs.add(new ServingCost(target, new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
            }
            loops.values().forEach(loop -> loop.run(turns.warmUp()));
            for (int turn = 0; turn < turns.turns(); turn++) {
                costs.forEach(cost -> cost.take(loops.get(cost.target()), turns.length()));
            }
            return costs;
        } finally {
            loops.values().forEach(ClosedLoop::close);
        }
    }

    private void take(ClosedLoop loop, Duration length) {
        long cpu = ProcessorTime.micros(target.pids());
        long start = System.nanoTime();
        long answered = loop.run(length);
        double seconds = (System.nanoTime() - start) / 1e9;
        micros.add((ProcessorTime.micros(target.pids()) - cpu) / (double) answered);
        perSecond.add(answered / seconds);
    }

    /** The median over turns of what it costs beside another target in the same turn. */
    double ratioTo(ServingCost other) {
        return median(IntStream.range(0, micros.size())
                .mapToObj(turn -> micros.get(turn) / other.micros.get(turn))
                .toList());
    }

    /** As Markdown, with each target's ratio to the first. */
    static String table(List<ServingCost> costs) {
        StringBuilder table = new StringBuilder(HEAD);
        for (ServingCost cost : costs) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.2f | %,.0f | %s |%n",
                    cost.target().name(),
                    median(cost.micros()),
                    cost.ratioTo(costs.get(0)),
                    median(cost.perSecond()),
                    cost.p99Millis().isEmpty() ? "" : String.format(Locale.ROOT, "%.2f", cost.medianP99())));
        }
        return table.toString();
    }

    double medianP99() {
        return median(p99Millis);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
