package io.abgate.loadtest;

import io.abgate.loadtest.traffic.Progress;
import io.abgate.loadtest.traffic.Status;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows how a run goes: a bar that is rewritten on a terminal, else a line every few seconds. */
final class Bar implements Progress {
    private static final int WIDTH = 30;
    private static final long FILE_NANOS = 5_000_000_000L;
    private static final double NANOS_A_SECOND = 1e9;

    private final PrintWriter out;
    private final boolean isTerminal;
    private long shownNanos;
    private int longest;

    Bar(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    @Override
    public void show(Status status) {
        if (isTerminal) {
            rewrite(text(status));
        } else if (status.elapsedNanos() - shownNanos >= FILE_NANOS) {
            shownNanos = status.elapsedNanos();
            out.println(text(status));
            out.flush();
        }
    }

    /** Wipes the bar away. */
    void end() {
        if (isTerminal && longest > 0) {
            out.print("\r" + " ".repeat(longest) + "\r");
            out.flush();
        }
    }

    static String text(Status status) {
        double share = Math.min(1, (double) status.elapsedNanos() / status.totalNanos());
        int full = (int) (share * WIDTH);
        return String.format(
                Locale.ROOT,
                "[%s%s] %.0f/%.0f s %s  %,d sent, %d in flight, %d failed, %d missed, p50 %s, p99 %s",
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                status.elapsedNanos() / NANOS_A_SECOND,
                status.totalNanos() / NANOS_A_SECOND,
                status.isWarmUp() ? "warming up" : "measuring ",
                status.sent(),
                status.inFlight(),
                status.failed(),
                status.missed(),
                millis(status.p50Millis()),
                millis(status.p99Millis()));
    }

    private static String millis(double millis) {
        return Double.isNaN(millis) ? "–" : String.format(Locale.ROOT, "%.2f ms", millis);
    }

    // a shorter line must cover the longer one before it
    private void rewrite(String text) {
        longest = Math.max(longest, text.length());
        out.print("\r" + text + " ".repeat(longest - text.length()));
        out.flush();
    }
}
