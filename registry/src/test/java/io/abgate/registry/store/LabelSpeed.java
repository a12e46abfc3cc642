package io.abgate.registry.store;

import io.abgate.registry.domain.PredictionId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

/**
 * Measures what the store makes of labels, with the lookup before each commit, beside what the disk makes of forced
 * writes. Arguments: a url, a folder and the seconds for each size of a commit.
 */
final class LabelSpeed {
    private static final int SAMPLED_OF = 10; // one prediction in so many

    private LabelSpeed() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory(Path.of(arguments[1]), "label-speed");
        long nanos = Long.parseLong(arguments[2]) * 1_000_000_000L;
        System.out.printf("forced writes of 16 KiB: %.0f a second%n", forcedWrites(folder, nanos));
        try (EventStore store = Stores.open(arguments[0], folder, "speed", InstantSource.system())) {
            commits(store, 100, nanos);
            for (int size : new int[] {100, 400, 1000}) {
                System.out.println(commits(store, size, nanos));
            }
        }
    }

    private static double forcedWrites(Path folder, long nanos) throws IOException {
        try (FileChannel file =
                FileChannel.open(folder.resolve("forced"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long start = System.nanoTime();
            long writes = 0;
            for (; System.nanoTime() - start < nanos; writes++) {
                file.write(ByteBuffer.allocate(16 << 10));
                file.force(false);
            }
            return writes * 1e9 / (System.nanoTime() - start);
        }
    }

    private static String commits(EventStore store, int size, long nanos) {
        long cpu = cpuNanos();
        long start = System.nanoTime();
        long labels = 0;
        for (; System.nanoTime() - start < nanos; labels += size) {
            List<NewLabel> batch =
                    LongStream.range(0, size).mapToObj(LabelSpeed::label).toList();
            store.newestLabels(batch.stream()
                    .map(label -> PredictionKey.of(label.model(), label.id()))
                    .toList());
            store.write(transaction -> transaction.labels(batch));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return "commits of %d: %.0f labels a second, %.1f us of this thread's CPU a label"
                .formatted(size, labels / seconds, (cpuNanos() - cpu) / 1e3 / labels);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static NewLabel label(long number) {
        long nonce = ThreadLocalRandom.current().nextLong();
        int flags = number % SAMPLED_OF == 0 ? PredictionId.SAMPLED : 0;
        PredictionId id =
                new PredictionId(1, flags, 1, 1, 1, 0, 0.9f, 7, nonce, System.currentTimeMillis() - number, nonce);
        return new NewLabel("mail", id, LabelRow.Kind.ACCEPTED, "ham", 1, "app");
    }
}
