package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.contract.Operation.Kind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Champions are measured from time to time, and held against what they were when they were promoted. */
final class RegistryChecksTest {
    @TempDir
    private Path home;

    private CheckedTown checked;
    private Town town;

    @BeforeEach
    void open() {
        checked = new CheckedTown(home).open();
        town = checked.town;
    }

    @AfterEach
    void close() {
        checked.close();
    }

    private JsonObject monitor() {
        return checked.monitor();
    }

    private long events(String type) {
        return checked.events(type).size();
    }

    private void passesWith(int nowRight) {
        checked.passesWith(nowRight);
    }

    @Test
    void theFirstCheckOfAChampionIsItsBaseline() {
        assertThat(monitor().getJsonObject("baseline").getInteger("right")).isEqualTo(90);
        assertThat(events("BASELINE_TAKEN")).isEqualTo(1);
        passesWith(80);
        assertThat(monitor().getJsonObject("baseline").getInteger("right"))
                .as("moved by a promotion alone")
                .isEqualTo(90);
        assertThat(events("BASELINE_TAKEN")).isEqualTo(1);
    }

    @Test
    void anAlertIsRaisedOnceAndRecoversOnce() {
        checked.standsWith(75, "RETRAINING_ASKED"); // just the limit of the alert, and above that of the retraining
        checked.standsWith(74, "ACCURACY", "RETRAINING_ASKED");
        assertThat(alerts().getJsonObject(0).getString("says")).isEqualTo("accuracy 0.160 below the baseline");
        passesWith(74); // asks once more, as a retraining was ordered meanwhile
        long kept = events("CHECKED");
        passesWith(74);
        passesWith(74);
        assertThat(events("CHECKED")).as("the same again is no news").isEqualTo(kept);
        checked.standsWith(90, "RETRAINING_ASKED"); // is under way
    }

    private JsonArray alerts() {
        return checked.alerts();
    }

    @Test
    void aCheckThatFailsChangesNothingAndTheNextOneComesInItsTurn() {
        passesWith(-1);
        passesWith(-1);
        assertThat(alerts()).isEmpty();
        passesWith(74);
        await().until(() -> !alerts().isEmpty());
    }

    @Test
    void aLargeDropAsksForARetraining() {
        passesWith(80);
        assertThat(town.worker.orders).as("just the limit").hasSize(1);
        passesWith(79);
        assertThat(town.order(2).job()).isEqualTo(2);
        assertThat(town.job(2).getString("reason")).isEqualTo("accuracy dropped by 0.110 (limit 0.1)");
    }

    @Test
    void threeSmallerDropsInARowDoTooAndChecksThatAnOperatorAsksForDoNotCount() {
        passesWith(84);
        for (int i = 0; i < 5; i++) {
            town.operate(Kind.CHECK, new JsonObject());
        }
        passesWith(84);
        assertThat(town.worker.orders).hasSize(1);
        passesWith(84);
        assertThat(town.order(2).job()).isEqualTo(2);
        assertThat(town.job(2).getString("reason")).contains("in 3 checks in a row");
    }

    @Test
    void anOperatorSeesEverythingThatWasMeasured() {
        checked.right.set(70);
        JsonObject report = town.operate(Kind.CHECK, new JsonObject());
        assertThat(report.getJsonObject("measured").getInteger("right")).isEqualTo(70);
        assertThat(report.getJsonObject("baseline").getInteger("right")).isEqualTo(90);
        assertThat(report.getJsonArray("alerts").getJsonObject(0).getString("kind"))
                .isEqualTo("ACCURACY");
        assertThat(report.getString("retraining")).isNull();
        assertThat(report.getString("source")).isEqualTo("evaluation rows");
        assertThat(report.getJsonObject("live").getString("source")).isEqualTo("live labels");
        assertThat(report.getJsonObject("live").getInteger("labels")).isZero();
    }

    @Test
    void whatWasFoundIsThereAfterARestart() {
        passesWith(74);
        await().until(() -> !alerts().isEmpty());
        JsonObject before = monitor();
        town.restart();
        assertThat(monitor()).isEqualTo(before);
    }
}
