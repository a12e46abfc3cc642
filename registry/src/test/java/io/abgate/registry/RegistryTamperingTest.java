package io.abgate.registry;

import static io.abgate.registry.RegistryReceiptsTest.BEGINNING;
import static io.abgate.registry.RegistryReceiptsTest.QUIET;
import static io.abgate.registry.RegistryReceiptsTest.newest;
import static io.abgate.registry.RegistryReceiptsTest.replay;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation.Kind;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody alters in the store is found out by a replay. */
final class RegistryTamperingTest {
    @TempDir
    private Path home;

    private @Nullable Town opened;

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private Town takenBack() {
        Town town = RegistryReceiptsTest.town(home, QUIET);
        opened = town;
        return RegistryReceiptsTest.takenBack(town);
    }

    @Test
    void aLabelThatWasAlteredIsFoundOut() {
        Town town = takenBack();
        long id = newest(town);
        town.stop();
        assertThat(change("UPDATE label SET score = 1 - score WHERE seq = (SELECT MIN(seq) FROM label)"))
                .isEqualTo(1);
        town.open();
        JsonObject replay = replay(town, id, BEGINNING);
        assertThat(replay.getBoolean("agrees")).isFalse();
        assertThat(fields(replay)).contains("state");
        assertThat(town.store().check().broken().orElseThrow().reason()).isEqualTo("its labels were altered");
    }

    @Test
    void aLabelThatIsGoneIsFoundOut() {
        Town town = takenBack();
        long id = newest(town);
        town.stop();
        change("DELETE FROM label WHERE seq = (SELECT MAX(seq) FROM label)");
        town.open();
        JsonObject replay = replay(town, id, BEGINNING);
        assertThat(replay.getBoolean("agrees")).isFalse();
        assertThat(fields(replay)).containsAnyOf("labels.count", "verdict");
    }

    @Test
    void aReceiptThatWasAlteredIsFoundOut() {
        Town town = takenBack();
        long id = newest(town);
        town.stop();
        change("UPDATE event SET body = replace(body, '\"alpha\":0.05', '\"alpha\":0.01') WHERE seq = " + id);
        town.open();
        JsonObject replay = replay(town, id, "{}");
        assertThat(fields(replay)).containsExactly("budget.alpha");
        assertThat(replay.getJsonArray("differences").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("field", "budget.alpha")
                        .put("receipt", "0.01")
                        .put("replayed", "0.05"));
    }

    @Test
    void aReceiptThatWasFoldedOtherwiseIsRefused() {
        Town town = takenBack();
        long id = newest(town);
        town.stop();
        change("UPDATE event SET body = replace(body, '\"fold\":', '\"fold\":9') WHERE seq = " + id);
        town.open();
        ReplyException refused = town.bus.refused(Bus.operation(Kind.REPLAY, "", id, "{}", null));
        assertThat(Failure.of(refused)).isEqualTo(Failure.CONFLICT);
        assertThat(refused).hasMessageStartingWith("receipt: made by abgate");
    }

    private static List<String> fields(JsonObject replay) {
        return replay.getJsonArray("differences").stream()
                .map(difference -> ((JsonObject) difference).getString("field"))
                .toList();
    }

    /** Changes the database behind the registry's back. */
    private int change(String statement) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("abgate.db"));
                Statement sql = connection.createStatement()) {
            return sql.executeUpdate(statement);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
