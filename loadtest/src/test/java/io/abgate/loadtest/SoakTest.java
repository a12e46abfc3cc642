package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.loadtest.traffic.Outcome;
import io.abgate.loadtest.traffic.Run;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Half of what a process can answer, for long: neither what it keeps nor how long it takes may grow. */
@Tag("soak")
class SoakTest {
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("abgate.soak.seconds", 600));
    private static final int SLICES = 12;
    private static final int ROWS = 50;
    private static final String BODY = OneLoop.body(ROWS);
    private static final long KILOBYTE = 1 << 10;
    private static final long MEGABYTE = 1 << 20;
    private static final long MORE_HEAP = 16 * MEGABYTE;
    private static final double TIMES = 1.5;
    private static final double HICCUP_MILLIS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    /** A generation of the serial collector, which a JVM with one processor has. */
    private static final Pattern USED_KILOBYTES = Pattern.compile("total \\d+K, used (\\d+)K");

    @TempDir
    private Path folder;

    /** One part of the time. */
    private record Slice(double p99Millis, long liveHeap, long answered) {}

    @Test
    void heapAndLatencyStayWhatTheyAre() throws Exception {
        String settings = OneLoop.settings(folder, "next-word").toString();
        List<Slice> slices = new ArrayList<>();
        try (Serving serving = Serving.start(OneLoop.LAUNCH, folder.resolve("home"), "--config", settings)
                .awaitSettled()) {
            double half = mostPerSecond(serving) / 2;
            for (int i = 0; i < SLICES; i++) {
                slices.add(slice(serving, half));
            }
        }
        List<Slice> early = slices.subList(1, SLICES / 2); // the first compiles
        List<Slice> late = slices.subList(SLICES / 2, SLICES);
        assertThat(medianHeap(late)).isLessThan(medianHeap(early) + MORE_HEAP);
        assertThat(medianP99(late)).isLessThan(TIMES * Math.max(medianP99(early), HICCUP_MILLIS));
    }

    private static double mostPerSecond(Serving serving) {
        URI infer = URI.create(serving.client().dataUrl() + "/v2/models/next-word/infer");
        try (ClosedLoop loop = new ClosedLoop(new ServingTarget("abgate", infer, BODY, List.of()), 8)) {
            loop.run(Duration.ofSeconds(6)); // until what is hot has been compiled
            return loop.run(Duration.ofSeconds(2)) / 2.0;
        }
    }

    private static Slice slice(Serving serving, double perSecond) throws Exception {
        PacedLatency.Rate rate =
                new PacedLatency.Rate(perSecond, Duration.ofMillis(500), LENGTH.dividedBy(SLICES), 1_000);
        Run run = PacedLatency.load(serving.client().dataUrl(), "next-word", BODY, rate);
        assertThat(PacedLatency.count(run, Outcome.BROKEN) + PacedLatency.count(run, Outcome.TIMED_OUT))
                .isZero();
        Slice slice = new Slice(
                PacedLatency.p99(run), liveHeap(serving.process().pid()), PacedLatency.count(run, Outcome.ANSWERED));
        System.out.printf(
                Locale.ROOT,
                "at %,.0f requests of %d rows a second: %,d answered, p99 %.2f ms, %.1f MB live%n",
                perSecond,
                ROWS,
                slice.answered(),
                slice.p99Millis(),
                slice.liveHeap() / (double) MEGABYTE);
        return slice;
    }

    /** Bytes that are left when a process has collected its garbage. */
    private static long liveHeap(long pid) {
        command("GC.run", pid);
        return KILOBYTE
                * USED_KILOBYTES
                        .matcher(command("GC.heap_info", pid))
                        .results()
                        .mapToLong(used -> Long.parseLong(used.group(1)))
                        .sum();
    }

    private static String command(String command, long pid) {
        try (ChildProcess jcmd = ChildProcess.startCommand(JCMD.toString(), Long.toString(pid), command)) {
            assertThat(jcmd.awaitExit(PATIENCE)).as(jcmd.err()).isZero();
            return jcmd.out();
        }
    }

    private static double medianP99(List<Slice> slices) {
        return slices.stream().mapToDouble(Slice::p99Millis).sorted().toArray()[slices.size() / 2];
    }

    private static long medianHeap(List<Slice> slices) {
        return slices.stream().mapToLong(Slice::liveHeap).sorted().toArray()[slices.size() / 2];
    }
}
