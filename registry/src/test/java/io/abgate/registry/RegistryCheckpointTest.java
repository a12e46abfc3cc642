package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.policy.Mail;
import io.abgate.registry.store.EventQuery;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start goes on from the checkpoints, and trusts none that is not what the ledger covers. */
final class RegistryCheckpointTest {
    private static final Mail QUIET = Mail.SHIPPED.withoutDropRules().retrainingEvery(0);

    @TempDir
    private Path home;

    private Town town;

    @AfterEach
    void close() {
        town.close();
    }

    /** A canary with evidence, a shadow with pairs, and labels after them. */
    private JsonObject lived(Town opened) {
        town = opened.open().withChampion();
        town.worker.inspecting(Mail.LABELS);
        town.canary(town.register("two"), .3);
        town.promote(town.register("three"), "shadow");
        town.warmUp();
        town.label(1, 5, true);
        town.label(2, 2, false);
        town.pairs(1, 3, 4, true, false);
        await().until(() -> town.version(3).getJsonObject("shadow").getInteger("pairs") == 4);
        return town.model();
    }

    private Town keeping() {
        return new Town(home, QUIET).keepingStatesAfter(5);
    }

    @Test
    void startsFromACheckpointWithTheSameReportToTheLastBit() {
        lived(keeping());
        town.restart();
        assertThat(town.usableCheckpoints()).containsOnlyKeys(Town.MAIL);
        assertThat(town.statesFromCheckpoints()).isEqualTo(town.foldedStates());
        JsonObject resumed = Town.withoutNodes(town.model());
        assertThat(resumed).isEqualTo(town.folded());
        town.warmUp();
        town.label(2, 1, false);
        town.label(1, 3, true);
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
        assertThat(town.statesFromCheckpoints()).isEqualTo(town.foldedStates());
        assertThat(town.store().check().broken()).isEmpty();
    }

    @Test
    void writesCheckpointsWhileItRunsAndAtAnOrderlyEnd() {
        lived(keeping());
        await().until(() -> events() > 0);
        long running = events();
        town.label(1, 2, true);
        town.restart();
        assertThat(events()).isGreaterThan(running);
    }

    @Test
    void writesNoneForAHandfulOfEntries() {
        lived(new Town(home, QUIET));
        town.restart();
        assertThat(events()).isZero();
    }

    @Test
    void writesOneAtTheEndAfterAThousandEntries() {
        lived(new Town(home, QUIET));
        town.label(1, 1_000, true);
        town.restart();
        assertThat(events()).isEqualTo(1);
        assertThat(town.usableCheckpoints()).hasSize(1);
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
    }

    @Test
    void usesNoCheckpointThatWasTamperedWith() {
        JsonObject before = lived(keeping());
        town.stop();
        assertThat(change("UPDATE model_state SET state = replace(state, '\"corrected\":0', '\"corrected\":7')"))
                .isEqualTo(1);
        town.open();
        assertThat(town.usableCheckpoints()).isEmpty();
        assertThat(town.model().getJsonObject("labels")).isEqualTo(before.getJsonObject("labels"));
    }

    @Test
    void usesNoOlderCheckpointInThePlaceOfTheNewest() {
        lived(keeping());
        town.stop();
        change("CREATE TABLE older AS SELECT * FROM model_state");
        town.open().label(1, 6, true);
        town.stop();
        change("DELETE FROM model_state");
        change("INSERT INTO model_state SELECT * FROM older");
        town.open();
        assertThat(town.usableCheckpoints()).isEmpty();
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
    }

    @Test
    void usesNoCheckpointOfOtherSettings() {
        lived(keeping());
        town.close();
        town = new Town(home, QUIET.decidedAfter(7)).keepingStatesAfter(1_000_000);
        town.open();
        assertThat(town.usableCheckpoints()).isEmpty();
        assertThat(town.version(3).getJsonObject("shadow").getInteger("needed")).isEqualTo(7);
        assertThat(town.version(3).getJsonObject("shadow").getInteger("pairs")).isEqualTo(4);
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
    }

    @Test
    void goesOnUnchangedWhereNoCheckpointCanBeWritten() {
        lived(keeping());
        town.stop();
        change("DELETE FROM model_state");
        change("CREATE TRIGGER refuse BEFORE INSERT ON model_state BEGIN SELECT RAISE(ABORT, 'no'); END");
        town.open();
        long events = events();
        town.label(1, 20, true);
        assertThat(town.label(1, 20, true).accepted()).isEqualTo(20);
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
        town.restart();
        assertThat(events()).isEqualTo(events);
        assertThat(town.folded()).isEqualTo(Town.withoutNodes(town.model()));
    }

    @Test
    void givesANewModelANumberThatNoneHasHadAlthoughItReadsNoOldEvents() {
        town = new Town(home, QUIET, QUIET).keepingStatesAfter(1);
        town.worker.busy(true);
        town.open();
        await().until(() -> events() > 0);
        town.close();
        // the second model is no longer configured
        town = new Town(home, QUIET).keepingStatesAfter(1);
        town.open().model();
        town.close();
        town = new Town(home, QUIET).keepingStatesAfter(1);
        town.open();
        Books books =
                new Books(new Pen(town.store(), System::nanoTime), town.settings(), () -> town.usableCheckpoints());
        assertThat(books.highestModelId()).isEqualTo(2);
    }

    private long events() {
        return town.store()
                .events(new EventQuery(0, null, null, Town.MAIL, "CHECKPOINT", 1_000))
                .size();
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
