package io.abgate.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
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
    void givesNoNonceTwice() {
        NonceSource nonces = new NonceSource(-1);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            long nonce = nonces.next();
            assertThat(nonce >>> 32).isEqualTo(0xFFFF_FFFFL);
            seen.add(nonce);
        }
        assertThat(seen).hasSize(10_000);
    }

    private void write(String content) throws IOException {
        Files.writeString(home.resolve("token.keys"), content);
    }
}
