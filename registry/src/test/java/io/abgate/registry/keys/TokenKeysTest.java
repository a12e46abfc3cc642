package io.abgate.registry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenKeysTest {
    private static final String KEY = "A".repeat(43) + "=";

    @TempDir
    Path home;

    @Test
    void makesAFileThatOnlyItsOwnerReads() throws IOException {
        Path made = home.resolve("new").resolve("home");
        TokenKeys keys = TokenKeys.createIfAbsent(made);

        Path file = made.resolve("token.keys");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).matches("1 [A-Za-z0-9+/]{43}=\n");
        assertThat(made.toFile().list()).containsExactly("token.keys");
        assertThat(TokenKeys.load(made).find(1)).isEqualTo(keys.find(1));
    }

    @Test
    void keepsTheFileThatIsThere() {
        byte[] first = TokenKeys.createIfAbsent(home).find(1);
        assertThat(TokenKeys.createIfAbsent(home).find(1)).isEqualTo(first);
    }

    @Test
    void refusesToStartWithoutAFile() {
        assertThatThrownBy(() -> TokenKeys.load(home))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("token.keys: no readable file " + home.resolve("token.keys")
                        + " (expected: the file that a node of role registry made, copied here with mode 0600)");
    }

    @Test
    void theLargestIdSigns() throws IOException {
        write("2 " + KEY + "\n\n10 " + KEY + "\n3 " + KEY + "\n");
        assertThat(TokenKeys.load(home).newest()).isEqualTo(10);
    }

    @Test
    void refusesAnUnsoundFileWithoutShowingTheSecret() throws IOException {
        for (String content : new String[] {
            "",
            "1\n",
            "x " + KEY,
            "256 " + KEY,
            "-1 " + KEY,
            "1 ####",
            "1 AAAA",
            "1 " + KEY + " extra",
            "1 " + KEY + " from=tomorrow",
            "1 " + KEY + " from=2026-01-31T12:00:00Z extra",
            "1 " + KEY + "\n1 " + KEY
        }) {
            write(content);
            assertThatThrownBy(() -> TokenKeys.load(home))
                    .as(content)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(KEY);
        }
    }

    @Test
    void refusesAFileThatOthersMayRead() throws IOException {
        write("1 " + KEY);
        for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rwx------"}) {
            Files.setPosixFilePermissions(home.resolve("token.keys"), PosixFilePermissions.fromString(mode));
            assertThatThrownBy(() -> TokenKeys.load(home))
                    .hasMessageContaining("of mode " + mode + " (expected: mode 0600, for it holds secrets)");
        }
    }

    @Test
    void aKeySignsOnlyFromItsTimeOnAndVerifiesAtOnce() throws IOException {
        write("1 " + KEY + "\n2 " + KEY + " from=2026-01-31T12:00:00Z\n");
        TokenKeys keys = TokenKeys.load(home);
        long noon = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();
        assertThat(keys.signing(noon - 1)).isEqualTo(1);
        assertThat(keys.signing(noon)).isEqualTo(2);
        assertThat(keys.find(2)).isNotNull();
        assertThat(keys.from(1)).isEmpty();
        assertThat(keys.from(2)).contains(Instant.parse("2026-01-31T12:00:00Z"));
    }

    @Test
    void theOldestSignsWhileNoKeysTimeHasCome() throws IOException {
        write("4 " + KEY + " from=2026-01-31T12:00:00Z\n5 " + KEY + " from=2026-02-01T12:00:00Z\n");
        assertThat(TokenKeys.load(home).signing(0)).isEqualTo(4);
    }

    @Test
    void rotationAddsAKeyAndKeepsTheOthers() throws IOException {
        byte[] first = TokenKeys.createIfAbsent(home).find(1);
        Instant from = Instant.parse("2026-01-31T12:00:00Z");
        assertThat(TokenKeys.rotate(home, from)).isEqualTo(2);
        TokenKeys keys = TokenKeys.load(home);
        assertThat(keys.ids()).containsExactly(1, 2);
        assertThat(keys.find(1)).isEqualTo(first);
        assertThat(keys.find(2)).isNotEqualTo(first);
        assertThat(keys.from(2)).contains(from);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("token.keys"))))
                .isEqualTo("rw-------");
        assertThat(home.toFile().list()).containsExactlyInAnyOrder("token.keys", "token.keys.lock");
    }

    @Test
    void rotationsAtOnceAddAKeyEach() {
        TokenKeys.createIfAbsent(home);
        IntStream.range(0, 20).parallel().forEach(i -> TokenKeys.rotate(home, Instant.EPOCH));
        assertThat(TokenKeys.load(home).ids()).hasSize(21);
    }

    @Test
    void rotationEndsAtTheLastIdThatAPredictionIdCanName() throws IOException {
        write("255 " + KEY);
        assertThatThrownBy(() -> TokenKeys.rotate(home, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key 255 is the last");
        assertThat(TokenKeys.load(home).ids()).containsExactly(255);
    }

    private void write(String content) throws IOException {
        Path file = home.resolve("token.keys");
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
