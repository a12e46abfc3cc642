package io.abgate.registry.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An exclusive lock of the operating system on the file {@code abgate.lock} beside {@code abgate.db}, which says who
 * has it. It ends with its process, however that ends, so nobody waits for a lease to expire.
 */
final class ProcessLock implements AutoCloseable {
    /**
     * Holders within this process. POSIX drops a process's locks on a file when it closes any of its descriptors, so a
     * second channel must not even be opened.
     */
    private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;

    private ProcessLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock of a database at once or not at all.
     *
     * @throws StoreException when somebody has it, naming who
     */
    static ProcessLock acquire(Path database, String holder) {
        Path file = fileOf(database);
        String other = HELD.putIfAbsent(file, holder);
        if (other != null) {
            throw heldBy(other, database);
        }
        try {
            return new ProcessLock(file, lock(file, database, holder));
        } catch (IOException e) {
            HELD.remove(file);
            throw StoreException.of(file + " cannot be locked", e);
        } catch (RuntimeException | Error e) {
            HELD.remove(file);
            throw e;
        }
    }

    private static Path fileOf(Path database) {
        return database.resolveSibling(String.valueOf(database.getFileName()).replaceFirst("\\.db$", "") + ".lock");
    }

    private static FileChannel lock(Path file, Path database, String holder) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw heldBy(read(channel), database);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(holder.getBytes(UTF_8)));
            return channel;
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        channel.read(bytes);
        return UTF_8.decode(bytes.flip()).toString();
    }

    private static StoreException heldBy(String holder, Path database) {
        return new StoreException(database + " is in use by " + holder + ": one registry process at a time");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw StoreException.of(file + " cannot be unlocked", e);
        } finally {
            HELD.remove(file);
        }
    }
}
