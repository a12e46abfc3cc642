package io.abgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.keys.TokenKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    @ParameterizedTest
    @ValueSource(strings = {"", "missing", "file", "folder"})
    void aHomeWithoutKeysIsSaidInOneLineAndLeftAsItIs(String name) throws IOException {
        Files.createFile(home.resolve("file"));
        Files.createDirectories(home.resolve("folder").resolve("token.keys"));
        Path keyless = home.resolve(name);
        Set<Path> before = everythingIn(home);
        for (String command : List.of("list", "rotate")) {
            assertThat(run("keys", command, "--home", keyless.toString())).isEqualTo(1);
            assertThat(err.toString())
                    .isEqualTo("token.keys: no readable file " + keyless.resolve("token.keys")
                            + " (expected: the file that a node of role registry made, copied here with mode 0600)\n");
            err.getBuffer().setLength(0);
        }
        assertThat(everythingIn(home)).isEqualTo(before);
    }

    @Test
    void aHomeThatCannotBeWrittenIsSaidInOneLine() throws IOException {
        TokenKeys.createIfAbsent(home);
        Files.createDirectory(home.resolve("token.keys.lock"));
        assertThat(run("keys", "rotate", "--home", home.toString())).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("token.keys: " + home.resolve("token.keys") + " cannot be replaced: ")
                .endsWith(" (expected: a home that can be written)\n")
                .hasLineCount(1);
        assertThat(TokenKeys.load(home).ids()).containsExactly(1);
    }

    private static Set<Path> everythingIn(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.collect(Collectors.toSet());
        }
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
