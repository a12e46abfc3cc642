package io.abgate.gateway.security;

import io.abgate.registry.domain.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The secret keys of a home directory: every one verifies, the newest (the one of the largest id) signs. They are kept
 * in the file {@code token.keys}, of mode 0600, a line {@code id base64key} each.
 */
public final class TokenKeys {
    /** Name of the file within the home directory. */
    public static final String FILE = "token.keys";

    private static final int KEY_BYTES = 32;
    private static final int LARGEST_ID = 255;

    private final SortedMap<Integer, byte[]> keys;

    private TokenKeys(SortedMap<Integer, byte[]> keys) {
        this.keys = keys;
    }

    /** Keys by id, 0 to 255; at least one, each of at least 32 bytes. */
    public static TokenKeys of(Map<Integer, byte[]> keys) {
        Check.that(!keys.isEmpty(), FILE, "no key", "at least one line `id base64key`");
        keys.forEach(TokenKeys::check);
        return new TokenKeys(new TreeMap<>(keys));
    }

    /** One new random key. */
    public static TokenKeys random() {
        return of(Map.of(1, randomKey()));
    }

    /**
     * The keys in {@code home}; makes a first one when there is no file.
     *
     * @throws IllegalArgumentException when the file is there and unsound
     */
    public static TokenKeys createIfAbsent(Path home) {
        if (!Files.exists(home.resolve(FILE))) {
            create(home);
        }
        return load(home);
    }

    /**
     * The keys in {@code home}.
     *
     * @throws IllegalArgumentException when the file is absent or unsound; the message names it and what was expected
     */
    public static TokenKeys load(Path home) {
        Path file = home.resolve(FILE);
        Check.that(
                Files.isReadable(file),
                FILE,
                "no readable file " + file,
                "the file that a node of role registry made, copied here with mode 0600");
        SortedMap<Integer, byte[]> keys = new TreeMap<>();
        lines(file).stream().filter(line -> !line.isBlank()).forEach(line -> parse(line, keys));
        return of(keys);
    }

    /** Id of the key that signs. */
    int newest() {
        return keys.lastKey();
    }

    /** The key of this id, if there is one. Must not be changed. */
    byte @Nullable [] find(int id) {
        return keys.get(id);
    }

    private static void check(int id, byte[] key) {
        Check.that(id >= 0 && id <= LARGEST_ID, FILE, "id " + id, "0 to " + LARGEST_ID);
        Check.that(
                key.length >= KEY_BYTES,
                FILE,
                "key " + id + " of " + key.length + " bytes",
                "at least " + KEY_BYTES + " bytes");
    }

    private static void parse(String line, SortedMap<Integer, byte[]> keys) {
        String[] words = line.strip().split("\\s+", -1);
        // the line itself holds a secret, so it is not shown
        Check.that(words.length == 2, FILE, "a line of " + words.length + " words", "id base64key");
        try {
            byte[] before = keys.put(Integer.parseInt(words[0]), decoded(words));
            Check.that(before == null, FILE, "id " + words[0] + " twice", "every id once");
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(Check.message(FILE, "id " + words[0], "0 to " + LARGEST_ID), e);
        }
    }

    private static byte[] decoded(String[] words) {
        try {
            return Base64.getDecoder().decode(words[1]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Check.message(FILE, "key " + words[0], "base64"), e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path home) {
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        String line = "1 " + Base64.getEncoder().encodeToString(randomKey()) + "\n";
        try {
            Files.createDirectories(home);
            Path written = Files.createTempFile(home, FILE, ".new", ownerOnly);
            Files.writeString(written, line);
            publish(written, home.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A link appears whole or not at all, and never replaces the keys that another process made meanwhile. */
    private static void publish(Path written, Path file) throws IOException {
        try {
            Files.createLink(file, written);
        } catch (FileAlreadyExistsException e) {
            return;
        } finally {
            Files.delete(written);
        }
    }

    private static byte[] randomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
