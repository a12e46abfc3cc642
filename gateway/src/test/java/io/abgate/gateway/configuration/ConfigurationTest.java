package io.abgate.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.gateway.configuration.Configuration.Cluster;
import io.abgate.gateway.configuration.Configuration.Listener;
import io.abgate.gateway.configuration.Configuration.Store;
import io.abgate.registry.domain.ModelSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    @TempDir
    private Path folder;

    @Test
    void takesADatabaseOfPostgresql() throws IOException {
        Path file = settings("store: { url: \"postgresql://abgate:secret@db.local:5433/abgate?sslmode=require\" }\n");

        assertThat(Configuration.load(file, Map.of(), List.of()).store())
                .isEqualTo(new Store("postgresql://abgate:secret@db.local:5433/abgate?sslmode=require"));
    }

    @Test
    void servesEveryRoleOnLoopbackByDefault() {
        Configuration configuration = Configuration.load(null, Map.of(), List.of());

        assertThat(configuration.data()).isEqualTo(new Listener("127.0.0.1", 8080));
        assertThat(configuration.admin()).isEqualTo(new Listener("127.0.0.1", 8081));
        assertThat(configuration.home()).isEqualTo(Path.of("./abgate-home"));
        assertThat(configuration.roles()).containsExactlyInAnyOrder(Role.values());
        assertThat(configuration.cluster()).isEqualTo(new Cluster("127.0.0.1", 5701, List.of()));
        assertThat(configuration.cluster().isJoined()).isFalse();
        assertThat(configuration.store()).isEqualTo(new Store("sqlite:"));
        assertThat(configuration.models())
                .extracting(ModelSettings::name)
                .containsExactly("digits", "mail", "next-word");
    }

    @Test
    void mapsEveryKeyOfAFile() throws IOException {
        Path file = settings("""
            data: { host: "::1", port: 18080 }
            admin: { host: localhost, port: 0 }
            home: /var/lib/abgate
            roles: [gateway, model]
            cluster: { host: 127.0.0.2, port: 5801, members: ["127.0.0.2:5801", "127.0.0.3:5801"] }
            store: { url: "sqlite:/var/lib/abgate.db" }
            """);

        Configuration configuration = Configuration.load(file, Map.of(), List.of());

        assertThat(configuration.data()).isEqualTo(new Listener("::1", 18080));
        assertThat(configuration.admin()).isEqualTo(new Listener("localhost", 0));
        assertThat(configuration.home()).isEqualTo(Path.of("/var/lib/abgate"));
        assertThat(configuration.roles()).containsExactlyInAnyOrder(Role.GATEWAY, Role.MODEL);
        assertThat(configuration.cluster())
                .isEqualTo(new Cluster("127.0.0.2", 5801, List.of("127.0.0.2:5801", "127.0.0.3:5801")));
        assertThat(configuration.cluster().isJoined()).isTrue();
        assertThat(configuration.store()).isEqualTo(new Store("sqlite:/var/lib/abgate.db"));
    }

    @Test
    void takesTheNewestOfFileEnvironmentAndAssignment() throws IOException {
        Path file = settings("data: { port: 1 }\nadmin: { port: 2 }\ncluster: { port: 3 }\n");
        Map<String, String> environment =
                Map.of("ABGATE_CFG_ADMIN_PORT", "20", "ABGATE_CFG_CLUSTER_PORT", "30", "ABGATE_URL", "http://x");

        Configuration configuration = Configuration.load(file, environment, List.of("cluster.port=300"));

        assertThat(configuration.data().port()).isEqualTo(1);
        assertThat(configuration.admin().port()).isEqualTo(20);
        assertThat(configuration.cluster().port()).isEqualTo(300);
        assertThat(configuration.data().host()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, '', true",
        "127.0.0.1, 127.0.0.1:5701, true",
        "127.0.0.1, 'other:5701,127.0.0.1:5701', true",
        "127.0.0.1, '127.0.0.1:5702,127.0.0.2:5701', false",
        "127.0.0.1, 'other:5701', false",
        "localhost, 127.0.0.1:5701, true",
        "127.0.0.1, localhost:5701, true",
        "::1, '[::1]:5701', true",
        "::1, '[0:0:0:0:0:0:0:1]:5701', true",
        "::1, '127.0.0.1:5701', false"
    })
    void knowsWhetherItsOwnAddressIsAmongThoseOfTheCluster(String host, String members, boolean isListed) {
        List<String> all = members.isEmpty() ? List.of() : List.of(members.split(",", -1));
        assertThat(new Cluster(host, 5701, all).isListed()).isEqualTo(isListed);
    }

    @Test
    void readsListsAndTextOfAssignmentsAsTheyAreSpelled() {
        Configuration configuration = Configuration.load(
                null,
                Map.of("ABGATE_CFG_HOME", "2026"),
                List.of("roles=registry, model", "cluster.members=127.0.0.1:5701,127.0.0.1:5702"));

        assertThat(configuration.home()).isEqualTo(Path.of("2026"));
        assertThat(configuration.roles()).containsExactlyInAnyOrder(Role.MODEL, Role.REGISTRY);
        assertThat(configuration.cluster().members()).containsExactly("127.0.0.1:5701", "127.0.0.1:5702");
    }

    @Test
    void takesAnEmptyFileAsTheDefaults() throws IOException {
        Configuration configuration = Configuration.load(settings("# nothing yet\n"), Map.of(), List.of());

        assertThat(configuration.data().port()).isEqualTo(8080);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "data: { port: eighty } | data.port: \"eighty\" (expected: a whole number from 0 to 65535)",
                "data: { port: \"80\" } | data.port: \"80\" (expected: a whole number from 0 to 65535)",
                "data: { port: 80.5 } | data.port: 80.5 (expected: a whole number from 0 to 65535)",
                "data: { port: 65536 } | data.port: 65536 (expected: a whole number from 0 to 65535)",
                "data: { port: } | data.port: nothing (expected: a whole number from 0 to 65535)",
                "data: { prot: 80 } | data.prot: unknown key (did you mean data.port?)",
                "data: | data: nothing (expected: a mapping)",
                "data: 80 | data: 80 (expected: a mapping)",
                "home: [a] | home: [\"a\"] (expected: text)",
                "home: 7 | home: 7 (expected: text, so in quotes)",
                "home: { x: 1 } | home: {\"x\":1} (expected: text)",
                "- a | [\"a\"] (expected: a mapping)",
                "roles: gateway | roles: \"gateway\" (expected: a list)",
                "roles: [door] | roles[0]: door (expected: one of gateway, model, registry)",
                "roles: [] | roles: [] (expected: at least one of gateway, model, registry)",
                "roles: [model] | roles: [\"model\"] (expected: gateway, model and registry, as cluster.members is"
                        + " empty)",
                "cluster: { members: [a] } | cluster.members[0]: a (expected: host:port)",
                "cluster: { host: 8.8.8.8 } | cluster.host: 8.8.8.8 (expected: a loopback address; members of a"
                        + " cluster trust each other, and other addresses need keys, which this version does not have)",
                "cluster: { host: 0.0.0.0 } | cluster.host: 0.0.0.0 (expected: a loopback address; members of a"
                        + " cluster trust each other, and other addresses need keys, which this version does not have)",
                "store: { url: h2 } | store.url: h2 (expected: sqlite:, sqlite:FILE or postgresql://…)",
                "store: { url: \"postgresql://u:secret@host\" } | store.url: postgresql:… (expected:"
                        + " postgresql://[user[:password]@]host[:port]/database[?parameters])",
                "store: { url: \"postgres://u:secret@host/db\" } | store.url: … (expected: sqlite:, sqlite:FILE or"
                        + " postgresql://…)",
                "admin: { port: 8080 } | admin.port: 8080 (expected: another port than data.port)",
            })
    void refusesAFileNamingPlaceAndExpectation(String yaml, String message) throws IOException {
        Path file = settings(yaml + "\n");

        assertThatThrownBy(() -> Configuration.load(file, Map.of(), List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file + ": " + message);
    }

    @ParameterizedTest
    @CsvSource({"data,0.0.0.0", "admin,192.168.1.1", "data,example.org"})
    void refusesListenersThatOthersCouldReach(String listener, String host) {
        String assignment = listener + ".host=" + host;

        assertThatThrownBy(() -> Configuration.load(null, Map.of(), List.of(assignment)))
                .hasMessage("--set " + assignment + ": " + host + " (expected: a loopback address; other addresses"
                        + " need API keys, which this version does not have)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.prot=1 | --set data.prot=1: unknown key (did you mean data.port?)",
                "colour=red | --set colour=red: unknown key (expected: one of data.host, data.port,"
                        + " data.overload.turnMillis, data.overload.forMillis, data.overload.atLeast,"
                        + " data.overload.inFlight, data.overload.bodyMegabytes, admin.host, admin.port, home, roles,"
                        + " cluster.host, cluster.port, cluster.members, store.url, alerts.webhook.url,"
                        + " alerts.webhook.secretFile, alerts.webhook.timeoutMillis, alerts.webhook.attempts,"
                        + " alerts.webhook.retryMillis)",
                "data.port=x | --set data.port=x: x (expected: a whole number from 0 to 65535)",
                "data.port= | --set data.port=: nothing (expected: a whole number from 0 to 65535)",
                "data.port | --set: data.port (expected: key=value)",
                "data.overload.turnMillis=0 | --set data.overload.turnMillis=0: 0 (expected: a whole number from 1 to"
                        + " 1000000)",
            })
    void refusesAnAssignmentNamingIt(String assignment, String message) {
        assertThatThrownBy(() -> Configuration.load(null, Map.of(), List.of(assignment)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void refusesAVariableNamingIt() {
        assertThatThrownBy(() -> Configuration.load(null, Map.of("ABGATE_CFG_DATA_PROT", "1"), List.of()))
                .hasMessage("ABGATE_CFG_DATA_PROT: unknown key (did you mean ABGATE_CFG_DATA_PORT?)");
        assertThatThrownBy(() -> Configuration.load(null, Map.of("ABGATE_CFG_DATA_PORT", "x"), List.of()))
                .hasMessage("ABGATE_CFG_DATA_PORT: x (expected: a whole number from 0 to 65535)");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Path file = folder.resolve("nowhere.yaml");

        assertThatThrownBy(() -> Configuration.load(file, Map.of(), List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file + ": no such file (expected: a YAML file)");
    }

    @Test
    void refusesAKeyGivenTwiceAndBrokenYamlInOneLine() throws IOException {
        Path twice = settings("data:\n  port: 1\n  port: 2\n");
        assertThatThrownBy(() -> Configuration.load(twice, Map.of(), List.of()))
                .hasMessageStartingWith(twice + ": line 3: ")
                .hasMessageContaining("port")
                .hasMessageNotContaining("\n");

        Path broken = settings("data: { port: 1\nadmin: [\n");
        assertThatThrownBy(() -> Configuration.load(broken, Map.of(), List.of()))
                .hasMessageStartingWith(broken + ": line ")
                .hasMessageNotContaining("\n");
    }

    private Path settings(String yaml) throws IOException {
        return Files.writeString(folder.resolve("abgate.yaml"), yaml);
    }
}
