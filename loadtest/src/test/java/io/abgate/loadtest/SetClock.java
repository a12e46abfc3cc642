package io.abgate.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/** The clock on the wall of one process, which can be put forward and back while it runs. */
final class SetClock {
    private static final Path SOURCE = Path.of("src", "test", "resources", "clock", "setclock.c");
    private static final long HOUR_SECONDS = 3_600;

    private final Path library;
    private final Path file;

    private SetClock(Path library, Path file) {
        this.library = library;
        this.file = file;
    }

    /** A clock that is right at first; empty where no C compiler is installed. */
    static Optional<SetClock> in(Path folder) {
        SetClock clock = new SetClock(folder.resolve("setclock.so"), folder.resolve("clock"));
        clock.put(0);
        boolean made = SystemCommand.succeeds(
                "cc", "-shared", "-fPIC", "-O1", "-o", clock.library.toString(), SOURCE.toString());
        return made ? Optional.of(clock) : Optional.empty();
    }

    /** What a process has to find in its environment to go by this clock. */
    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "SETCLOCK", file.toString());
    }

    /** Puts it so many hours before or behind, until it is put right. */
    Fault wrongBy(int hours) {
        put(hours * HOUR_SECONDS);
        return () -> put(0);
    }

    private void put(long seconds) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(bytes.putLong(seconds).flip(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
