package io.abgate.registry.keys;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys in force in this process: a handle that stays while the keys behind it are rotated. Safe for all threads. */
public final class KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    private final @Nullable KeyFile file;
    private final InstantSource clock;
    private volatile TokenKeys keys;
    private String seen;

    private KeyRing(@Nullable KeyFile file, TokenKeys keys, String seen, InstantSource clock) {
        this.file = file;
        this.keys = keys;
        this.seen = seen;
        this.clock = clock;
    }

    /** Keys that never change. */
    public static KeyRing of(TokenKeys keys) {
        return new KeyRing(null, keys, "", InstantSource.system());
    }

    /**
     * The keys of the file in {@code home}, and later what {@link #refresh} finds there.
     *
     * @throws IllegalArgumentException when the file is absent or unsound
     */
    public static KeyRing open(Path home, InstantSource clock) {
        KeyFile file = new KeyFile(home);
        String text = file.read();
        return new KeyRing(file, TokenKeys.parse(text), text, clock);
    }

    /** Reads the file again, which blocks; the keys stay when it became unsound, which is logged once. */
    public synchronized void refresh() {
        if (file == null) {
            return;
        }
        try {
            take(file.read());
        } catch (IllegalArgumentException | UncheckedIOException e) {
            String why = String.valueOf(e.getMessage());
            if (!why.equals(seen)) {
                LOG.error("the keys stay as they were: {}", why);
            }
            seen = why;
        }
    }

    private void take(String text) {
        if (text.equals(seen)) {
            return;
        }
        TokenKeys before = keys;
        keys = TokenKeys.parse(text);
        seen = text;
        LOG.info(
                "{} changed: key {} signs, {} verify (before: {})",
                TokenKeys.FILE,
                signing(),
                keys.ids(),
                before.ids());
    }

    /** What is in force now. */
    public TokenKeys current() {
        return keys;
    }

    /** Id of the key that signs now. */
    public int signing() {
        return signing(keys);
    }

    /** Id of the key that signs now, of keys that were in force a moment ago. */
    public int signing(TokenKeys current) {
        return current.signing(clock.millis());
    }
}
