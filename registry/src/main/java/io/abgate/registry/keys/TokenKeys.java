package io.abgate.registry.keys;

import io.abgate.registry.domain.Check;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The secret keys of a home directory: every one verifies, and of those whose time has come the newest (the one of the
 * largest id) signs. They are kept in the file {@code token.keys}, of mode 0600, a line {@code id base64key} or
 * {@code id base64key from=instant} each.
 */
public final class TokenKeys {
    /** Name of the file within the home directory. */
    public static final String FILE = "token.keys";

    private final SortedMap<Integer, TokenKey> keys = new TreeMap<>();

    private TokenKeys(Collection<TokenKey> keys) {
        Check.that(!keys.isEmpty(), FILE, "no key", "at least one line `id base64key`");
        for (TokenKey key : keys) {
            Check.that(this.keys.put(key.id(), key) == null, FILE, "id " + key.id() + " twice", "every id once");
        }
    }

    /** Keys by id, 0 to 255; at least one, each of at least 32 bytes. */
    public static TokenKeys of(Map<Integer, byte[]> keys) {
        List<TokenKey> all = new ArrayList<>();
        keys.forEach((id, secret) -> all.add(new TokenKey(id, secret, null)));
        return new TokenKeys(all);
    }

    /** One new random key. */
    public static TokenKeys random() {
        return new TokenKeys(List.of(KeyFile.newKey(1, null)));
    }

    /**
     * The keys in {@code home}; makes a first one when there is no file.
     *
     * @throws IllegalArgumentException when the file is there and unsound
     */
    public static TokenKeys createIfAbsent(Path home) {
        KeyFile file = new KeyFile(home);
        if (!file.exists()) {
            file.create();
        }
        return load(home);
    }

    /**
     * The keys in {@code home}.
     *
     * @throws IllegalArgumentException when the file is absent, unsound, or others than its owner may read it; the
     *     message names it and what was expected
     */
    public static TokenKeys load(Path home) {
        return parse(new KeyFile(home).read());
    }

    /**
     * Adds a key of the next id to the file in {@code home}; gives its id.
     *
     * @param signsFrom when it begins to sign; late enough for every node to have it by then
     * @throws IllegalArgumentException when the file is absent or unsound, or has a key of id 255
     */
    public static int rotate(Path home, Instant signsFrom) {
        return new KeyFile(home).add(signsFrom);
    }

    static TokenKeys parse(String text) {
        return new TokenKeys(text.lines()
                .filter(line -> !line.isBlank())
                .map(TokenKey::parse)
                .toList());
    }

    /** The largest id. */
    public int newest() {
        return keys.lastKey();
    }

    /** All ids, rising. */
    public List<Integer> ids() {
        return List.copyOf(keys.keySet());
    }

    /** Id of the key that signs at a time, in milliseconds since 1970; the oldest when no key's time has come. */
    public int signing(long epochMillis) {
        int signing = keys.firstKey();
        for (TokenKey key : keys.values()) {
            signing = key.signsAt(epochMillis) ? key.id() : signing;
        }
        return signing;
    }

    /** When a key begins to sign; empty when it always could, or is not there. */
    public Optional<Instant> from(int id) {
        return Optional.ofNullable(keys.get(id)).map(TokenKey::from);
    }

    /** The key of this id, if there is one. Must not be changed. */
    public byte @Nullable [] find(int id) {
        TokenKey key = keys.get(id);
        return key == null ? null : key.secret();
    }
}
