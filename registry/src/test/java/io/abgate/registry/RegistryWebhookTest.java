package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.abgate.registry.webhook.Receiver;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver is told of alerts at least once each, in the ledger's order, whoever leads. */
final class RegistryWebhookTest {
    private static final int PATIENT = 1_000;

    @TempDir
    private Path home;

    private Receiver receiver;
    private CheckedTown checked;
    private Town town;

    @BeforeEach
    void open() {
        receiver = new Receiver(0);
        checked = new CheckedTown(home);
        town = checked.town;
    }

    @AfterEach
    void close() {
        checked.close();
        receiver.close();
    }

    private void watched(int attempts) {
        town.watchers = new Watchers(
                new MonitorBoard(System::nanoTime), Optional.of(Receiver.target(receiver.port(), attempts)));
    }

    private List<String> told() {
        return receiver.received.stream()
                .filter(one -> one.answered() == 204)
                .map(one -> new JsonObject(one.body()))
                .map(body -> body.getString("type") + " " + body.getString("kind"))
                .toList();
    }

    private void awaitTold(String... all) {
        await().untilAsserted(() -> assertThat(told()).containsExactly(all));
    }

    /** The mark of the last one that was told is in the ledger. */
    private void awaitMarked() {
        await().until(() -> town.store().lastSeq() > 0 && newestMarked() >= newestTold());
    }

    private long newestMarked() {
        return checked.events(AlertsDelivered.TYPE).stream()
                .mapToLong(mark -> mark.getJsonObject("body").getLong("upTo"))
                .max()
                .orElse(0);
    }

    private long newestTold() {
        return receiver.received.stream()
                .mapToLong(one -> new JsonObject(one.body()).getLong("seq"))
                .max()
                .orElse(0);
    }

    @Test
    void tellsAnAlertAndItsEndOnceEach() {
        watched(PATIENT);
        checked.open();
        checked.standsWith(70, "ACCURACY", "RETRAINING_ASKED");
        awaitTold("alert.raised ACCURACY", "alert.raised RETRAINING_ASKED");
        JsonObject first = new JsonObject(receiver.received.get(0).body());
        long seq = checked.events("ALERT_RAISED").get(0).getLong("seq");
        assertThat(first)
                .isEqualTo(new JsonObject()
                        .put("id", "abgate_" + town.store().storeId() + "_" + seq)
                        .put("type", "alert.raised")
                        .put("model", "mail")
                        .put("version", 1)
                        .put("kind", "ACCURACY")
                        .put("value", .2)
                        .put("limit", .15)
                        .put("says", "accuracy 0.200 below the baseline")
                        .put("since", town.clock.instant().toString())
                        .put("at", town.clock.instant().toString())
                        .put("seq", seq));
        assertThat(receiver.received.get(0).id()).isEqualTo(first.getString("id"));
        checked.standsWith(90, "RETRAINING_ASKED");
        awaitTold("alert.raised ACCURACY", "alert.raised RETRAINING_ASKED", "alert.recovered ACCURACY");
        assertThat(new JsonObject(receiver.received.get(2).body()).getLong("lastedSeconds"))
                .isEqualTo(30);
        checked.standsWith(70, "ACCURACY", "RETRAINING_ASKED"); // within the cool-down
        for (int check = 0; check < 10; check++) { // until the cool-down is over, and it is still there
            checked.passesWith(70);
        }
        awaitTold(
                "alert.raised ACCURACY",
                "alert.raised RETRAINING_ASKED",
                "alert.recovered ACCURACY",
                "alert.raised ACCURACY");
        assertThat(receiver.received).allMatch(one -> one.isSignedWith(Receiver.SECRET));
        awaitMarked();
        assertThat(town.watchers.board().webhook().delivered()).isEqualTo(4);
    }

    @Test
    void triesAgainAndHoldsNothingUpMeanwhile() {
        watched(PATIENT);
        receiver.answering(500, 500, 500);
        checked.open();
        checked.standsWith(70, "ACCURACY", "RETRAINING_ASKED");
        assertThat(town.order(2).job()).isEqualTo(2);
        awaitTold("alert.raised ACCURACY", "alert.raised RETRAINING_ASKED");
        assertThat(receiver.received).hasSize(5);
        assertThat(receiver.received.subList(0, 4))
                .extracting(Receiver.Received::id)
                .containsOnly(receiver.received.get(0).id());
    }

    @Test
    void goesOnToTheNextAfterGivingUp() {
        watched(2);
        receiver.answering(500, 500);
        checked.open();
        checked.standsWith(70, "ACCURACY", "RETRAINING_ASKED");
        awaitTold("alert.raised RETRAINING_ASKED");
        assertThat(town.watchers.board().webhook().givenUp()).isEqualTo(1);
    }

    @Test
    void theNextLeaderTellsWhatTheFormerOneCouldNot() {
        watched(PATIENT);
        int port = receiver.port();
        receiver.close();
        checked.open();
        checked.standsWith(70, "ACCURACY", "RETRAINING_ASKED");
        await().until(() -> town.watchers.board().webhook().failedAttempts() > 0);
        town.stop();
        receiver = new Receiver(port);
        town.open();
        awaitTold("alert.raised ACCURACY", "alert.raised RETRAINING_ASKED");
        awaitMarked();
        town.restart();
        town.warmUp();
        checked.standsWith(90, "RETRAINING_ASKED");
        awaitTold("alert.raised ACCURACY", "alert.raised RETRAINING_ASKED", "alert.recovered ACCURACY");
    }

    @Test
    void isToldNothingOfBeforeItsTime() {
        checked.open();
        checked.standsWith(70, "ACCURACY", "RETRAINING_ASKED");
        watched(PATIENT);
        town.restart();
        await().until(() -> checked.events(AlertsDelivered.TYPE).size() == 1);
        checked.standsWith(90, "RETRAINING_ASKED");
        awaitTold("alert.recovered ACCURACY");
    }

    @Test
    void isNotToldWhatIsOlderThanADay() {
        watched(PATIENT);
        int port = receiver.port();
        receiver.close();
        checked.open();
        checked.standsWith(70, "ACCURACY", "RETRAINING_ASKED");
        town.stop();
        town.clock.turn(Duration.ofDays(1));
        receiver = new Receiver(port);
        town.open();
        town.warmUp();
        await().until(() -> town.watchers.board().webhook().givenUp() == 2);
        assertThat(told()).isEmpty();
    }
}
