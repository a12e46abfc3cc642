package io.abgate.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

final class PostgresUrlTest {
    @Test
    void readsEveryPart() {
        PostgresUrl url = PostgresUrl.parse("postgresql://me:p%40s+s@db.local:5433/abgate?sslmode=require", Map.of());
        PGSimpleDataSource source = url.dataSource();

        assertThat(source.getServerNames()).containsExactly("db.local");
        assertThat(source.getPortNumbers()).containsExactly(5433);
        assertThat(source.getDatabaseName()).isEqualTo("abgate");
        assertThat(source.getUser()).isEqualTo("me");
        assertThat(source.getPassword()).isEqualTo("p@s+s");
        assertThat(source.getSslMode()).isEqualTo("require");
        assertThat(url).hasToString("postgresql://db.local:5433/abgate");
    }

    @Test
    void takesUserAndPasswordFromTheEnvironmentUnlessTheUrlOrItsParametersSayThem() {
        Map<String, String> environment = Map.of("PGUSER", "env", "PGPASSWORD", "hidden");

        PGSimpleDataSource left =
                PostgresUrl.parse("postgresql://db/abgate", environment).dataSource();
        assertThat(left.getUser()).isEqualTo("env");
        assertThat(left.getPassword()).isEqualTo("hidden");
        assertThat(left.getPortNumbers()).containsExactly(5432);
        PGSimpleDataSource said = PostgresUrl.parse("postgresql://db/abgate?user=u&password=p", environment)
                .dataSource();
        assertThat(said.getUser()).isEqualTo("u");
        assertThat(said.getPassword()).isEqualTo("p");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql:",
                "postgresql://",
                "postgresql:///abgate",
                "postgresql://u:secret@db",
                "postgresql://u:secret@db/",
                "postgresql://u:secret@db/a/b",
                "postgresql://u:secret@db:port/a",
                "postgresql://u:sec ret@db/a",
                "postgresql://u:secret@db/a?ssl",
                "postgresql://u:secret@db/a?no-such-parameter=1"
            })
    void refusesWhatIsIncompleteWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> PostgresUrl.parse(url, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("store.url: postgresql:… (expected: postgresql://[user[:password]@]host")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void saysInOneLineThatNobodyListensWithoutThePassword(@TempDir Path home) {
        assertThatThrownBy(() ->
                        Stores.open("postgresql://u:secret@127.0.0.1:1/abgate", home, "node-a", InstantSource.system()))
                .isInstanceOf(StoreException.class)
                .hasMessage("postgresql://127.0.0.1:1/abgate cannot be opened: no connection to the server");
    }
}
