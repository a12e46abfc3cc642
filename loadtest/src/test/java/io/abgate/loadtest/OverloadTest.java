package io.abgate.loadtest;

import static io.abgate.loadtest.PacedLatency.count;
import static io.abgate.loadtest.PacedLatency.p99;
import static io.abgate.loadtest.PacedLatency.percentile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.abgate.loadtest.traffic.Observations;
import io.abgate.loadtest.traffic.Outcome;
import io.abgate.loadtest.traffic.Run;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three times as much as can be answered: who is answered is so soon, who is not is told so, and then all is as before.
 * One stall of a machine that others use too spoils an attempt, but not three; a defect spoils all of them.
 */
@Tag("alone")
class OverloadTest {
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("abgate.overload.seconds", 3));
    /** From when on a stall of the machine, which is a few tenths of a second, is less than one in a hundred. */
    private static final Duration LONG = Duration.ofSeconds(30);

    /** Which part of requests that are not too many may be refused: those of one stall, in a short time. */
    private static final double FEW = LENGTH.compareTo(LONG) >= 0 ? 0 : 0.1;

    private static final Duration RECOVERY = Duration.ofSeconds(2);
    private static final int ROWS = 250;
    private static final int IN_FLIGHT = 300;
    private static final int ATTEMPTS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final double TIMES = 3;
    /** How many others may be answered while one waits; with no limit it would be all that are in flight. */
    private static final int AHEAD = 64;
    /** What this machine may add to any answer. */
    private static final double HICCUP_MILLIS = 10;

    private static final long MORE_MEMORY = 200L << 20;

    @TempDir
    private Path folder;

    /** What was measured: at half of the most, at three times the most, and at half of it right afterwards. */
    private record Measured(
            double mostPerSecond, Run normal, Run heavy, Run after, Watcher watcher, long memoryBefore) {
        /** Whether the load test kept up, so that it says anything of the server. */
        boolean isValid() {
            return PacedLatency.isValid(normal) && PacedLatency.isValid(heavy);
        }

        /** What was not as promised. */
        List<String> shortcomings() {
            long answered = count(heavy, Outcome.ANSWERED);
            List<String> shortcomings = new ArrayList<>(watcher.shortcomings());
            expect(isValid(), "the load test could not keep up", shortcomings);
            expect(isSoon(), "who was answered waited too long", shortcomings);
            expect(answered > count(normal, Outcome.ANSWERED) * 3 / 4, "few were answered", shortcomings);
            expect(count(heavy, Outcome.REFUSED) > answered / 4, "few were refused", shortcomings);
            expect(watcher.largestMemory() < memoryBefore + MORE_MEMORY, "memory grew", shortcomings);
            expect(refused(after, RECOVERY) <= FEW, "refused long after", shortcomings);
            expect(refused(normal, Duration.ZERO) <= FEW, "refused at half of the most", shortcomings);
            return shortcomings;
        }

        /**
         * Whether those who were answered waited no longer than a few times what is usual. In a short time one stall
         * moves p99 by more than there is between them: there it is half of them that did not wait for many others,
         * whatever the processor's share that this process gets.
         */
        private boolean isSoon() {
            return LENGTH.compareTo(LONG) >= 0
                    ? p99(heavy) < TIMES * Math.max(p99(normal), HICCUP_MILLIS)
                    : percentile(heavy, 50) < AHEAD * 1_000 / mostPerSecond;
        }

        private static void expect(boolean isSo, String otherwise, List<String> shortcomings) {
            if (!isSo) {
                shortcomings.add(otherwise);
            }
        }
    }

    @Test
    void whoIsAnsweredIsAnsweredSoonAndTheOthersAreToldSo() throws Exception {
        String settings = OneLoop.settings(folder, "next-word").toString();
        try (Serving serving = Serving.start(OneLoop.SLOW, folder.resolve("home"), "--config", settings)
                .awaitSettled()) {
            Measured measured = measure(serving);
            for (int again = 1; again < ATTEMPTS && !measured.shortcomings().isEmpty(); again++) {
                measured = measure(serving);
            }
            assumeThat(measured.isValid())
                    .as("others leave this machine too little")
                    .isTrue();
            assertThat(measured.shortcomings()).as(describe(measured)).isEmpty();
        }
    }

    private static Measured measure(Serving serving) throws Exception {
        double most = mostPerSecond(serving);
        Run normal = load(serving, most / 2, WARM_UP, LENGTH);
        long memory = Watcher.memory(serving.process().pid());
        Run heavy;
        Watcher watcher = new Watcher(serving, OneLoop.body(ROWS));
        try (watcher) {
            heavy = load(serving, TIMES * most, WARM_UP, LENGTH);
        }
        Run after = load(serving, most / 2, Duration.ZERO, RECOVERY.plusSeconds(2));
        Measured measured = new Measured(most, normal, heavy, after, watcher, memory);
        System.out.println(describe(measured));
        watcher.assertAllAnswersAreInForm();
        assertThat(count(heavy, Outcome.BROKEN) + count(heavy, Outcome.TIMED_OUT))
                .isZero();
        return measured;
    }

    private static double mostPerSecond(Serving serving) {
        URI infer = URI.create(serving.client().dataUrl() + "/v2/models/next-word/infer");
        ServingTarget target = new ServingTarget(
                "abgate", infer, OneLoop.body(ROWS), List.of(serving.process().pid()));
        try (ClosedLoop loop = new ClosedLoop(target, 4)) {
            loop.run(Duration.ofSeconds(4)); // until what is hot has been compiled
            return loop.run(Duration.ofSeconds(2)) / 2.0;
        }
    }

    private static Run load(Serving serving, double perSecond, Duration warmUp, Duration length) throws Exception {
        PacedLatency.Rate rate = new PacedLatency.Rate(perSecond, warmUp, length, IN_FLIGHT);
        return PacedLatency.load(serving.client().dataUrl(), "next-word", OneLoop.body(ROWS), rate);
    }

    /** Which part of the requests that were due from then on was refused. */
    private static double refused(Run run, Duration from) {
        Observations observations = run.observations();
        return IntStream.range(0, observations.size())
                .filter(place -> observations.intended(place) >= from.toNanos())
                .mapToDouble(place -> observations.outcome(place) == Outcome.REFUSED ? 1 : 0)
                .average()
                .orElse(1);
    }

    private static String describe(Measured measured) {
        return String.format(
                Locale.ROOT,
                "at most %.0f requests of %d rows a second; p50 and p99 at half of it %.1f and %.1f ms; at %.0f times"
                        + " %.1f and %.1f ms: %d answered, %d refused, %d not sent; %s; %s",
                measured.mostPerSecond(),
                ROWS,
                percentile(measured.normal(), 50),
                p99(measured.normal()),
                TIMES,
                percentile(measured.heavy(), 50),
                p99(measured.heavy()),
                count(measured.heavy(), Outcome.ANSWERED),
                count(measured.heavy(), Outcome.REFUSED),
                count(measured.heavy(), Outcome.MISSED),
                measured.watcher(),
                measured.shortcomings().isEmpty() ? "as promised" : String.join(", ", measured.shortcomings()));
    }
}
