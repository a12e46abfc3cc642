package io.abgate.registry.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path home;

    private Instant now = NOON;
    private KeyRing ring;

    @BeforeEach
    void open() {
        TokenKeys.createIfAbsent(home);
        ring = KeyRing.open(home, () -> now);
    }

    @Test
    void aNewKeyVerifiesOnceItIsReadAndSignsOnceItsTimeHasCome() {
        TokenKeys.rotate(home, NOON.plusSeconds(60));
        assertThat(ring.current().ids()).containsExactly(1);
        ring.refresh();
        assertThat(ring.current().ids()).containsExactly(1, 2);
        assertThat(ring.signing()).isEqualTo(1);
        now = NOON.plusSeconds(60);
        assertThat(ring.signing()).isEqualTo(2);
    }

    @Test
    void twoProcessesThatShareAHomeUnderstandEachOther() {
        KeyRing other = KeyRing.open(home, () -> now);
        TokenKeys.rotate(home, NOON);
        ring.refresh();
        String seal = new Seal(ring, "purpose").of("text");
        assertThat(seal).startsWith("2:");
        assertThat(new Seal(other, "purpose").holds("text", seal)).isFalse();
        String old = new Seal(other, "purpose").of("text");
        other.refresh();
        assertThat(new Seal(other, "purpose").holds("text", seal)).isTrue();
        assertThat(new Seal(ring, "purpose").holds("text", old)).isTrue();
    }

    @Test
    void theKeysStayWhenTheFileBecomesUnsoundAndFollowWhenItIsMended() throws IOException {
        Path file = home.resolve(TokenKeys.FILE);
        String sound = Files.readString(file);
        TokenKeys before = ring.current();
        for (String unsound : new String[] {"", "1 AAAA\n", "nonsense"}) {
            Files.writeString(file, unsound);
            ring.refresh();
            ring.refresh();
            assertThat(ring.current()).as(unsound).isSameAs(before);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        ring.refresh();
        Files.delete(file);
        ring.refresh();
        assertThat(ring.current()).isSameAs(before);

        PrivateFile.replace(file, sound.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        TokenKeys.rotate(home, NOON);
        ring.refresh();
        assertThat(ring.current().ids()).containsExactly(1, 2);
    }

    @Test
    void nothingIsReplacedWhileTheFileStays() {
        TokenKeys before = ring.current();
        ring.refresh();
        assertThat(ring.current()).isSameAs(before);
    }
}
