package io.abgate.registry;

import static io.abgate.registry.RegistryReceiptsTest.assertAgrees;
import static io.abgate.registry.RegistryReceiptsTest.newest;
import static io.abgate.registry.RegistryReceiptsTest.receipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.policy.Mail;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A champion's accuracy falls, and half of the requests go to the former one: what comes of it has a receipt. */
final class RegistryAttributionTest {
    private static final Mail MAIL =
            Mail.SHIPPED.withoutDropRules().retrainingEvery(0).guardedBy(.3);
    private static final int MOST_BATCHES = 60;

    @TempDir
    private Path home;

    private Town town;

    @BeforeEach
    void open() {
        town = new Town(home, MAIL).open().withChampion();
        town.worker.inspecting(Mail.LABELS);
        town.force(town.register("two"), "champion");
        town.warmUp();
        awaitControlShare(.3);
    }

    @AfterEach
    void close() {
        town.close();
    }

    private void awaitControlShare(double share) {
        await().until(() -> share
                == town.model().getJsonObject("routing").getJsonObject("shares").getDouble("1", 0.0));
    }

    private JsonObject guard() {
        return town.model().getJsonObject("guard");
    }

    /** Both are right for as long as a baseline takes, then the new one is not. */
    private void falls(boolean controlStaysRight) {
        for (int i = 0; i < 30; i++) {
            town.label(1, 3, true);
            town.label(2, 7, true);
        }
        assertThat(guard().getString("phase")).isEqualTo("guard");
        for (int i = 0; i < MOST_BATCHES && guard().getString("phase").equals("guard"); i++) {
            town.label(1, 3, controlStaysRight);
            town.label(2, 7, false);
        }
        assertThat(guard().getString("phase")).isEqualTo("attribution");
        awaitControlShare(.5);
    }

    @Test
    void aChampionThatFellAloneIsTakenBack() {
        falls(true);
        for (int i = 0; i < MOST_BATCHES && town.model().getInteger("champion") == 2; i++) {
            town.label(1, 5, true);
            town.label(2, 5, false);
        }
        assertThat(town.model().getInteger("champion")).isEqualTo(1);
        JsonObject receipt = receipt(town, newest(town));
        assertThat(receipt.getString("verdict")).isEqualTo("ROLL_BACK");
        assertThat(receipt.getString("trigger")).isEqualTo("ATTRIBUTION");
        assertThat(receipt.getInteger("version")).isEqualTo(2);
        assertThat(receipt.getDouble("statistic")).isGreaterThanOrEqualTo(receipt.getDouble("threshold"));
        assertThat(receipt.getJsonObject("budget").getDouble("u"))
                .as("shadow, canary, the first block of the guard and an alarm are staked: .20 + .30 + .05 + .20")
                .isCloseTo(.25, within(1e-12));
        assertThat(receipt.getJsonObject("act").getString("type")).isEqualTo("ROLLED_BACK");
        assertAgreesAlsoAfterARestart();
    }

    @Test
    void aModelOfWhichBothFellIsRetrained() {
        falls(false);
        for (int i = 0; i < MOST_BATCHES && guard().getString("phase").equals("attribution"); i++) {
            town.label(1, 25, false);
            town.label(2, 25, false);
        }
        town.order(2);
        assertThat(guard().getString("phase")).as("it asks once").isEqualTo("guard");
        JsonObject receipt = receipt(town, newest(town));
        assertThat(receipt.getString("verdict")).isEqualTo("RETRAIN");
        assertThat(receipt.getString("trigger")).isEqualTo("ATTRIBUTION");
        assertThat(receipt.getInteger("version")).isZero();
        assertThat(receipt.getString("reason"))
                .startsWith("both fell: live accuracy fell and the control is no better after 1");
        assertThat(receipt.getJsonObject("act").getString("type")).isEqualTo("JOB_QUEUED");
        assertAgreesAlsoAfterARestart();
    }

    private void assertAgreesAlsoAfterARestart() {
        long id = newest(town);
        assertAgrees(town, id);
        town.restart();
        assertAgrees(town, id);
    }
}
