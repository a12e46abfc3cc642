package io.abgate.registry.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces files whole or not at all, readable by their owner only: whoever dies midway leaves the former one. */
public final class PrivateFile {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFile.class);

    /** How the names of files end that were never finished. */
    public static final String UNFINISHED = ".new";

    private static final Duration ABANDONED = Duration.ofMinutes(1);

    private static final FileAttribute<?>[] OWNER_ONLY = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
    private static final FileAttribute<?>[] AS_IT_COMES = {};

    private PrivateFile() {}

    /**
     * Puts bytes in place of a file, on disk when it returns; makes its folder if there is none.
     *
     * @throws IOException when they are not kept; the former file is as it was
     */
    public static void replace(Path file, byte[] bytes) throws IOException {
        Path written = unfinished(file, bytes);
        try {
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
        syncFolder(file);
        forgetUnfinished(file);
    }

    /** Who was killed midway left a file behind; what is younger may be somebody's who is at it. */
    private static void forgetUnfinished(Path file) {
        Instant before = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(folder(file), file.getFileName() + "*" + UNFINISHED)) {
            for (Path one : left) {
                if (one.toFile().lastModified() < before.toEpochMilli()) { // 0 for what somebody else removed
                    Files.deleteIfExists(one);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("unfinished files stay beside {}: {}", file, e.toString()); // the file itself is in place
        }
    }

    /** A file in the same folder that has these bytes, on disk. */
    static Path unfinished(Path file, byte[] bytes) throws IOException {
        Path folder = folder(file);
        Files.createDirectories(folder);
        Path written = Files.createTempFile(folder, file.getFileName().toString(), UNFINISHED, attributes(folder));
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(written);
            throw e;
        }
        return written;
    }

    /** A name is on disk only when its folder is. */
    static void syncFolder(Path file) throws IOException {
        if (isPosix(file)) {
            try (FileChannel channel = FileChannel.open(folder(file), StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] attributes(Path folder) {
        return isPosix(folder) ? OWNER_ONLY : AS_IT_COMES;
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("file: " + file + " (expected: one in a folder)");
        }
        return folder;
    }
}
