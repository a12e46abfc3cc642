package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.policy.Fall;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CheckScheduleTest {
    private static final long START = Long.MAX_VALUE - 5; // clocks may overflow
    private static final Optional<Fall> FALL = Optional.of(Fall.between(.9, .8));

    private final CheckSchedule schedule = new CheckSchedule(30, START);

    private static long at(long seconds) {
        return START + TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void keepsItsRateHoweverLongAChecksTakes() {
        assertThat(schedule.begins(at(0))).isTrue();
        schedule.over();
        assertThat(schedule.begins(at(29))).isFalse();
        assertThat(schedule.begins(at(41))).as("late").isTrue();
        schedule.over();
        assertThat(schedule.begins(at(59))).isFalse();
        assertThat(schedule.begins(at(60))).as("in time all the same").isTrue();
    }

    @Test
    void beginsNoneBesideAnother() {
        assertThat(schedule.begins(at(0))).isTrue();
        assertThat(schedule.begins(at(300))).isFalse();
        schedule.over();
        assertThat(schedule.begins(at(301))).isTrue();
        schedule.over();
        assertThat(schedule.begins(at(302)))
                .as("what was missed is not caught up")
                .isFalse();
    }

    @Test
    void tellsEveryTroubleOnceUntilItIsOver() {
        assertThat(schedule.isNewTrouble("")).isFalse();
        assertThat(schedule.isNewTrouble("nobody")).isTrue();
        assertThat(schedule.isNewTrouble("nobody")).isFalse();
        assertThat(schedule.isNewTrouble("")).isFalse();
        assertThat(schedule.isNewTrouble("nobody")).isTrue();
    }

    @Test
    void waitsOnceForSomebodyWhoIsStillStarting() {
        assertThat(schedule.begins(at(0))).isTrue();
        assertThat(schedule.isTriedAgain(at(1))).isTrue();
        assertThat(schedule.begins(at(5))).isFalse();
        assertThat(schedule.begins(at(6))).isTrue();
        assertThat(schedule.isTriedAgain(at(7))).as("nobody is starting").isFalse();
        assertThat(schedule.begins(at(35))).isFalse();
        assertThat(schedule.begins(at(36))).as("at its rate again").isTrue();
        schedule.over();
        assertThat(schedule.begins(at(66))).isTrue();
        assertThat(schedule.isTriedAgain(at(66))).as("another start").isTrue();
        CheckSchedule quick = new CheckSchedule(2, START);
        assertThat(quick.begins(at(0))).isTrue();
        assertThat(quick.isTriedAgain(at(0))).isTrue();
        assertThat(quick.begins(at(2))).as("no later than it would be").isTrue();
    }

    @Test
    void neverBeginsWithoutAPeriod() {
        assertThat(new CheckSchedule(0, START).begins(at(1_000))).isFalse();
    }

    @Test
    void forgetsWhatIsStaleOrOfAnotherVersion() {
        schedule.found(1, FALL, at(0), 3);
        schedule.found(1, FALL, at(30), 3);
        assertThat(schedule.fresh()).hasSize(2);
        schedule.found(2, FALL, at(60), 3);
        assertThat(schedule.fresh()).as("another version").hasSize(1);
        schedule.found(2, FALL, at(60 + 91), 3);
        assertThat(schedule.fresh()).as("three periods without a check").hasSize(1);
        for (int i = 0; i < 9; i++) {
            schedule.found(2, FALL, at(151), 3);
        }
        assertThat(schedule.fresh()).hasSize(3);
    }
}
