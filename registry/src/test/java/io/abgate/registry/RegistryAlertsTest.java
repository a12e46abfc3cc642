package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.abgate.registry.policy.Degradation;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Alerts from the check that raises them to their end, over a real ledger. */
final class RegistryAlertsTest {
    private static final String RAISED = "ALERT_RAISED";
    private static final String RECOVERED = "ALERT_RECOVERED";

    @TempDir
    private Path home;

    private final Logger alertLog = (Logger) LoggerFactory.getLogger("io.abgate.registry.Alerts");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private CheckedTown checked;
    private Town town;

    @BeforeEach
    void open() {
        lines.start();
        alertLog.addAppender(lines);
        checked = new CheckedTown(home).open();
        town = checked.town;
    }

    @AfterEach
    void close() {
        checked.close();
        alertLog.detachAppender(lines);
    }

    /** The worker gives the version that was ordered; it goes into shadow, where nothing is asked of it. */
    private void trained() {
        town.finish(town.order(2), "two", Town.counts(95, 100));
        town.warmUp();
    }

    private List<String> log(Level level) {
        return lines.list.stream()
                .filter(line -> line.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static List<String> kinds(List<JsonObject> events) {
        return events.stream()
                .map(event -> event.getJsonObject("body").getString("kind"))
                .toList();
    }

    @Test
    void isRaisedOnceWithWhatItRestsOnAndRecoversWithHowLongItLasted() {
        checked.standsWith(70, "ACCURACY", "RETRAINING_ASKED");
        checked.passesWith(60);
        JsonObject alert = checked.alerts().getJsonObject(0);
        assertThat(alert.getInteger("version")).isEqualTo(1);
        assertThat(alert.getDouble("value")).as("when it was raised").isEqualTo(.2);
        assertThat(alert.getDouble("limit")).isEqualTo(.15);
        assertThat(alert.getString("says")).isEqualTo("accuracy 0.200 below the baseline");
        assertThat(alert.getBoolean("told")).isTrue();
        assertThat(alert.getInstant("since")).isEqualTo(town.clock.instant().minus(CheckedTown.PERIOD));
        checked.standsWith(90, "RETRAINING_ASKED");
        assertThat(kinds(checked.events(RAISED))).containsExactly("ACCURACY", "RETRAINING_ASKED");
        assertThat(kinds(checked.events(RECOVERED))).containsExactly("ACCURACY");
        assertThat(checked.events(RECOVERED).get(0).getString("summary"))
                .isEqualTo("Alert ACCURACY of version 1 is over after 60 s: a check no longer finds it.");
        assertThat(log(Level.WARN))
                .containsExactly(
                        "mail: ALERT ACCURACY of version 1: accuracy 0.200 below the baseline (limit 0.15).",
                        "mail: ALERT RETRAINING_ASKED of version 1: accuracy dropped by 0.200 (limit 0.1).");
        assertThat(log(Level.INFO))
                .containsExactly("mail: Alert ACCURACY of version 1 is over after 60 s: a check no longer finds it.");
    }

    @Test
    void isCommittedWithTheCheckThatShowsIt() {
        checked.standsWith(70, "ACCURACY", "RETRAINING_ASKED");
        long check = checked.events("CHECKED").get(0).getLong("seq");
        assertThat(checked.events(RAISED))
                .extracting(event -> event.getLong("seq"))
                .containsExactly(check + 1, check + 2);
    }

    @Test
    void aDropThatOnlyRetrainsIsAnAlertToo() {
        checked.standsWith(78, "RETRAINING_ASKED");
        JsonObject alert = checked.alerts().getJsonObject(0);
        assertThat(alert.getDouble("value")).isEqualTo(.12);
        assertThat(alert.getDouble("limit")).isEqualTo(.1);
        assertThat(town.order(2).job()).isEqualTo(2);
    }

    @Test
    void whatComesBackWithinTheCoolDownIsSeenAndToldLater() {
        checked.standsWith(70, "ACCURACY", "RETRAINING_ASKED");
        checked.standsWith(90, "RETRAINING_ASKED");
        checked.standsWith(70, "ACCURACY", "RETRAINING_ASKED");
        assertThat(checked.alerts().getJsonObject(0).getBoolean("told")).isFalse();
        assertThat(log(Level.WARN)).hasSize(2);
        assertThat(town.watchers.board().alert(Town.MAIL, Degradation.Kind.ACCURACY))
                .isEqualTo(1);
        town.clock.turn(Duration.ofSeconds(300 - 31));
        town.warmUp();
        assertThat(log(Level.WARN)).as("a second is left").hasSize(2);
        town.clock.turn(Duration.ofSeconds(1));
        town.warmUp();
        await().until(() -> log(Level.WARN).size() == 3);
        assertThat(log(Level.WARN).get(2)).contains("(limit 0.15), for 270 s by now.");
        assertThat(checked.alerts().getJsonObject(0).getBoolean("told")).isTrue();
    }

    @Test
    void anotherChampionEndsTheAlertsOfTheFormerOne() {
        checked.standsWith(70, "ACCURACY", "RETRAINING_ASKED");
        trained();
        town.force(2, "champion");
        assertThat(checked.alerts()).isEmpty();
        assertThat(checked.events(RECOVERED))
                .extracting(event -> event.getJsonObject("body").getString("reason"))
                .containsOnly("version 2 is champion now")
                .hasSize(2);
    }

    @Test
    void aRetrainingThatTheGateRejectsIsAnAlert() {
        checked.standsWith(78, "RETRAINING_ASKED");
        town.finish(town.order(2), "worse", Town.counts(50, 100));
        await().until(() -> checked.kinds().contains("TRAINING_FAILED"));
        assertThat(checked.alerts().getJsonObject(1).getString("says")).startsWith("training 2 ended REJECTED: ");
        assertThat(checked.alerts().getJsonObject(1).getValue("limit")).isNull();
        checked.passesWith(90); // nothing asks any more, and nothing is under way
        await().untilAsserted(() -> assertThat(checked.kinds()).containsExactly("TRAINING_FAILED"));
    }

    @Test
    void isThereAfterARestartToTheLastBitAndIsNotToldAgain() {
        checked.standsWith(70, "ACCURACY", "RETRAINING_ASKED");
        checked.standsWith(90, "RETRAINING_ASKED");
        checked.standsWith(70, "ACCURACY", "RETRAINING_ASKED");
        JsonObject before = checked.monitor();
        var states = town.foldedStates();
        town.keepingStatesAfter(1).restart();
        assertThat(checked.monitor()).isEqualTo(before);
        town.restart(); // from the checkpoint that the end of the last one left
        assertThat(town.usableCheckpoints()).isNotEmpty();
        assertThat(town.statesFromCheckpoints()).isEqualTo(town.foldedStates());
        assertThat(states).isNotEmpty();
        assertThat(checked.monitor()).isEqualTo(before);
        assertThat(log(Level.WARN)).hasSize(2);
    }

    @Test
    void theBoardShowsWhatStandsOnlyWhileItLeads() {
        checked.standsWith(70, "ACCURACY", "RETRAINING_ASKED");
        MonitorBoard board = town.watchers.board();
        assertThat(board.leading()).isEqualTo(1);
        assertThat(board.alert(Town.MAIL, Degradation.Kind.ACCURACY)).isEqualTo(1);
        assertThat(board.alert(Town.MAIL, Degradation.Kind.RESPONSE)).isZero();
        assertThat(board.value(Town.MAIL, MonitorFigure.ACCURACY_DROP)).isEqualTo(.2);
        assertThat(board.limit(Town.MAIL, MonitorFigure.ACCURACY_DROP)).isEqualTo(.15);
        assertThat(board.limit(Town.MAIL, MonitorFigure.ACCURACY_DROP_PART))
                .as("off")
                .isNaN();
        assertThat(board.checks(Town.MAIL)).isEqualTo(2);
        town.stop();
        assertThat(board.leading()).isZero();
        assertThat(board.alert(Town.MAIL, Degradation.Kind.ACCURACY)).isNaN();
        assertThat(board.value(Town.MAIL, MonitorFigure.ACCURACY_DROP)).isNaN();
        assertThat(board.limit(Town.MAIL, MonitorFigure.ACCURACY_DROP)).isNaN();
        assertThat(board.checkAgeSeconds(Town.MAIL)).isNaN();
        town.open();
        await().until(() -> board.alert(Town.MAIL, Degradation.Kind.ACCURACY) == 1);
        assertThat(board.value("other", MonitorFigure.ACCURACY_DROP)).isNaN();
    }
}
