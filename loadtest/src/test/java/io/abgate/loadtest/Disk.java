package io.abgate.loadtest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** What a disk can do by itself: how often it makes one more block of a file durable. */
final class Disk {
    private static final int BLOCK_BYTES = 1 << 12;

    private Disk() {}

    /** Blocks of 4 kB that are appended to a file and made durable, one after another, a second. */
    static double blocksPerSecond(Path folder, Duration during) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        long start = System.nanoTime();
        int blocks = 0;
        try (FileChannel file = FileChannel.open(
                folder.resolve("blocks"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            while (System.nanoTime() - start < during.toNanos()) {
                file.write(block.clear());
                file.force(false);
                blocks++;
            }
        }
        return blocks * 1e9 / (System.nanoTime() - start);
    }
}
