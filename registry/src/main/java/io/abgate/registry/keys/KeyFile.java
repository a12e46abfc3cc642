package io.abgate.registry.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.abgate.registry.domain.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file {@code token.keys} of a home directory. */
final class KeyFile {
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path file;

    KeyFile(Path home) {
        file = home.resolve(TokenKeys.FILE);
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** The whole text, of a file that its owner alone may read. */
    String read() {
        Check.that(
                Files.isRegularFile(file) && Files.isReadable(file),
                TokenKeys.FILE,
                "no readable file " + file,
                "the file that a node of role registry made, copied here with mode 0600");
        try {
            checkMode();
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    Check.message(TokenKeys.FILE, file + " cannot be read: " + e, "a readable file"), e);
        }
    }

    private void checkMode() throws IOException {
        if (PrivateFile.isPosix(file)) {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            String came = file + " of mode " + PosixFilePermissions.toString(mode);
            Check.that(OWNERS.containsAll(mode), TokenKeys.FILE, came, "mode 0600, for it holds secrets");
        }
    }

    /** Makes a first key, unless another process is quicker. */
    void create() {
        try {
            publish(PrivateFile.unfinished(file, text(newKey(1, null), "")));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    Check.message(TokenKeys.FILE, file + " cannot be made: " + e, "a home that can be written"), e);
        }
    }

    /** A link appears whole or not at all, and never replaces the keys that another process made meanwhile. */
    private void publish(Path written) throws IOException {
        try {
            Files.createLink(file, written);
            PrivateFile.syncFolder(file);
        } catch (FileAlreadyExistsException e) {
            return;
        } finally {
            Files.delete(written);
        }
    }

    /** Adds a key of the next id; two at once, in this process or another, add one each. */
    int add(Instant signsFrom) {
        synchronized (KeyFile.class) { // a lock on a file holds between processes only
            return addAlone(signsFrom);
        }
    }

    private int addAlone(Instant signsFrom) {
        read(); // where there are no keys to add to, nothing is left behind
        Path lock = file.resolveSibling(TokenKeys.FILE + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            String before = read();
            int id = TokenKeys.parse(before).newest() + 1;
            String came = "key " + (id - 1) + " is the last that a prediction id can name";
            Check.that(
                    id <= TokenKey.LARGEST_ID, TokenKeys.FILE, came, "a new file, once no label of an old id is due");
            PrivateFile.replace(file, text(newKey(id, signsFrom), before));
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    Check.message(TokenKeys.FILE, file + " cannot be replaced: " + e, "a home that can be written"), e);
        }
    }

    private static byte[] text(TokenKey last, String before) {
        String lines = before.isEmpty() || before.endsWith("\n") ? before : before + "\n";
        return (lines + last.line() + "\n").getBytes(UTF_8);
    }

    static TokenKey newKey(int id, @Nullable Instant from) {
        byte[] secret = new byte[TokenKey.SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return new TokenKey(id, secret, from);
    }
}
