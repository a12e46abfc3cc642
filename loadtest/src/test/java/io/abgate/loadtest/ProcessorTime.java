package io.abgate.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the operating system says processes have spent: user and system time of all their threads, in microseconds. */
final class ProcessorTime {
    /** Linux counts in hundredths of a second for whoever reads it here, whatever the clock of its kernel. */
    private static final long MICROS_A_TICK = 10_000;

    // counted from what follows the command's name, which may hold spaces: see proc(5), fields 14 and 15
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    private ProcessorTime() {}

    static boolean isKnownHere() {
        return Files.isReadable(Path.of("/proc/self/stat"));
    }

    /** Of all these processes together, since each began. */
    static long micros(List<Long> pids) {
        return pids.stream().mapToLong(ProcessorTime::micros).sum();
    }

    private static long micros(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) * MICROS_A_TICK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
