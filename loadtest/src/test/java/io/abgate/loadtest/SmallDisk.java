package io.abgate.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system of a few megabytes in memory, which a test may fill. */
final class SmallDisk implements AutoCloseable {
    private static final String MEGABYTES = "16m";
    private static final int BLOCK = 1 << 12;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Whether one could be mounted in an empty folder, which needs rights that not everybody has. */
    static boolean mounts(Path folder) {
        return SystemCommand.succeeds("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES, "tmpfs", folder.toString());
    }

    /** The one that was mounted there. */
    static SmallDisk at(Path folder) {
        return new SmallDisk(folder);
    }

    /** Leaves no room; gives what makes room again. */
    Fault fill() {
        Path ballast = folder.resolve("ballast");
        try (FileChannel file = FileChannel.open(ballast, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (file.write(ByteBuffer.allocate(BLOCK)) > 0) {
                file.force(false);
            }
        } catch (IOException e) {
            return () -> delete(ballast); // no space left on the device, as was wanted
        }
        throw new AssertionError("there was room without end in " + folder);
    }

    private static void delete(Path ballast) {
        try {
            Files.delete(ballast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (!SystemCommand.succeeds("umount", folder.toString())) {
            throw new AssertionError(folder + " is still in use");
        }
    }
}
