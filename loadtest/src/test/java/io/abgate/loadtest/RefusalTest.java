package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that cannot do its work says so in one line, ends, and leaves nothing behind. */
class RefusalTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    dta.port=8080          | dta.port=8080: unknown key (did you mean data.port?)
                    data.port=many         | data.port=many: many (expected: a whole number from 0 to 65535)
                    roles=gatewy           | gatewy (expected: one of gateway, model, registry
                    roles=gateway          | gateway (expected: gateway, model and registry, as cluster.members is empty)
                    data.host=0.0.0.0      | data.host=0.0.0.0: 0.0.0.0 (expected: a loopback address
                    """)
    void refusesASettingThatItCannotUse(String assignment, String complaint) {
        assertThat(refusal("--set", assignment)).contains("--set", complaint);
        assertThat(home()).doesNotExist();
    }

    @Test
    void refusesAConfigurationFileThatIsNotThere() {
        Path missing = folder.resolve("no.yaml");
        assertThat(refusal("--config", missing.toString()))
                .contains(missing + ": no such file (expected: a YAML file)");
        assertThat(home()).doesNotExist();
    }

    @Test
    void refusesAConfigurationFileWithAWrongKeyAndNamesFileAndPath() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "data:\n  prot: 9090\n");
        assertThat(refusal("--config", file.toString())).contains("mine.yaml", "data.prot", "did you mean data.port?");
        assertThat(home()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"data.port", "admin.port"})
    void refusesAPortThatIsTaken(String listener) throws IOException {
        try (ServerSocket taken = FreePorts.hold()) {
            String port = String.valueOf(taken.getLocalPort());
            assertThat(refusal("--set", listener + "=" + port))
                    .isEqualTo(listener + ": " + port + " (expected: a free port on 127.0.0.1)");
        }
        assertThat(home()).doesNotExist();
    }

    @Test
    void refusesASecondRegistryOnTheSameHomeAndLeavesTheFirstAlone() {
        try (Serving first = Serving.start(home()).awaitSettled()) {
            assertThat(refusal()).contains("abgate.db is in use by node-", "one registry process at a time");
            assertThat(first.awaitSettled("mail").path("champion").asInt()).isEqualTo(1);
        }
    }

    @Test
    void refusesToBeAGatewayWithoutTheKeysOfItsRegistry() {
        String port = FreePorts.take(1).get(0).toString();
        assertThat(refusal(
                        "--roles",
                        "gateway",
                        "--set",
                        "cluster.port=" + port,
                        "--set",
                        "cluster.members=127.0.0.1:" + port))
                .contains("token.keys: no readable file " + home(), "(expected: the file that a node of role registry");
        assertThat(home()).doesNotExist();
    }

    private Path home() {
        return folder.resolve("home");
    }

    /** The one line with which a process ends that is started with these arguments. */
    private String refusal(String... arguments) {
        List<Integer> ports = FreePorts.take(2);
        try (Serving refused = Serving.start(home(), ports.get(0), ports.get(1), arguments)) {
            int exitCode = refused.process().awaitExit(Duration.ofSeconds(30));
            assertThat(exitCode).isNotZero();
            assertThat(refused.process().isAlive()).isFalse();
            assertThat(refused.process().out()).isEmpty();
            assertThat(refused.process().err().lines()).hasSize(1);
            return refused.process().err().strip();
        }
    }
}
