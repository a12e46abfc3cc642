package io.abgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.keys.TokenKeys;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeysCommandTest {
    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void rotateAddsAKeyThatSignsLater() throws Exception {
        TokenKeys.createIfAbsent(home);
        Instant before = Instant.now();
        assertThat(run("keys", "rotate", "--home", home.toString(), "--in", "30m"))
                .isZero();
        Instant from = TokenKeys.load(home).from(2).orElseThrow();
        assertThat(Duration.between(before, from)).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(31));
        assertThat(out.toString()).startsWith("key 2 signs from " + from);
        assertThat(run("keys", "rotate", "--home", home.toString(), "--in", "5s"))
                .isZero();
        assertThat(run("keys", "rotate", "--home", home.toString(), "--in", "4s"))
                .isEqualTo(2);

        assertThat(run("keys", "list", "--home", home.toString())).isZero();
        assertThat(out.toString())
                .contains("  1  the beginning", "verifies\n", "  2  " + from, "  3  ", "verifies, will sign");
        for (String line : Files.readAllLines(home.resolve("token.keys"))) {
            assertThat(out.toString()).doesNotContain(line.split(" ", -1)[1]);
        }
    }

    @Test
    void aTimeThatIsNoneIsAWrongCall() {
        TokenKeys.createIfAbsent(home);
        for (String in : new String[] {"soon", "-PT1M", "1y", "99999999999d"}) {
            assertThat(run("keys", "rotate", "--home", home.toString(), "--in", in))
                    .as(in)
                    .isEqualTo(2);
        }
        assertThat(err.toString()).contains("--in: soon (expected: a time such as 30s");
        assertThat(TokenKeys.load(home).ids()).containsExactly(1);
    }

    @Test
    void aHomeWithoutKeysIsSaidInOneLine() {
        assertThat(run("keys", "list", "--home", home.toString())).isEqualTo(1);
        assertThat(err.toString()).startsWith("token.keys: no readable file ").hasLineCount(1);
    }

    @Test
    void keysAloneIsAWrongCall() {
        assertThat(run("keys")).isEqualTo(2);
        assertThat(run("keys", "list", "--help")).isZero();
    }

    private int run(String... arguments) {
        CommandLine commands = Commands.commandLine("", Gateway.of(Map.of()));
        return commands.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
