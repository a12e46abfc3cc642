package io.abgate.gateway.cli;

import io.abgate.gateway.client.CommandFailedException;
import io.abgate.registry.keys.TokenKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder that holds a backup: the database {@code abgate.db}, and {@code token.keys}, without which no gateway knows
 * the prediction ids that were given out. Only its owner may read it.
 */
record BackupFolder(Path path) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<?> OWNERS_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** Makes the folder, or takes one that is empty. */
    void make() {
        try {
            Files.createDirectories(path);
            try (Stream<Path> entries = Files.list(path)) {
                if (entries.findAny().isPresent()) {
                    throw new CommandFailedException(path + ": not empty (expected: a folder that is new or empty)");
                }
            }
            Files.setPosixFilePermissions(path, OWNER_ONLY);
        } catch (NotDirectoryException | FileAlreadyExistsException e) {
            throw new CommandFailedException(path + ": a file (expected: a folder that is new or empty)");
        } catch (IOException e) {
            throw new CommandFailedException(path + ": cannot be made: " + e.getMessage());
        }
    }

    Path database() {
        return path.resolve("abgate.db");
    }

    /** Puts keys into a folder that has none; they are on the disk when this returns. */
    static void copyKeys(Path from, Path to) {
        Path file = to.resolve(TokenKeys.FILE);
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
        try {
            ByteBuffer keys = ByteBuffer.wrap(Files.readAllBytes(from.resolve(TokenKeys.FILE)));
            Files.createDirectories(to);
            try (SeekableByteChannel channel = Files.newByteChannel(file, options, OWNERS_FILE)) {
                while (keys.hasRemaining()) {
                    channel.write(keys);
                }
            }
        } catch (IOException e) {
            throw new CommandFailedException(file + ": cannot be written: " + e);
        }
    }

    /** Takes away keys that were put there for nothing. */
    static void removeKeys(Path from) {
        try {
            Files.delete(from.resolve(TokenKeys.FILE));
        } catch (IOException e) {
            throw new CommandFailedException(from.resolve(TokenKeys.FILE) + ": cannot be removed: " + e);
        }
    }
}
