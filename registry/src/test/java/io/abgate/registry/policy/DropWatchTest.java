package io.abgate.registry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.ModelSettings.Drop;
import io.abgate.registry.domain.Stage;
import org.junit.jupiter.api.Test;

final class DropWatchTest {
    private final DropWatch watch = new DropWatch(new Drop(100, .10, .05, 3));

    @Test
    void takesTheFirstFullWindowAsTheBaselineHoweverLowItIs() {
        windows(10);
        assertThat(watch.finding()).isNull();
    }

    @Test
    void asksForNothingAtADropOfExactlyTheLimit() {
        windows(90, 80);
        assertThat(watch.finding()).isNull();
    }

    @Test
    void asksForARetrainingAtOneRowMoreThanTheLimit() {
        windows(90, 79);
        assertThat(watch.finding()).isEqualTo("live accuracy fell from 90.0 to 79.0 right in 100 labels");
    }

    @Test
    void asksForOneAtTheThirdSmallDropInARow() {
        windows(90, 84, 84);
        assertThat(watch.finding()).isNull();
        windows(84);
        assertThat(watch.finding()).contains("the 3. drop in a row");
    }

    @Test
    void forgetsSmallDropsAtAWindowThatIsExactlyAtTheLimit() {
        windows(90, 84, 84, 85, 84, 84);
        assertThat(watch.finding()).isNull();
    }

    @Test
    void comparesWithTheBaselineAndNotWithTheWindowBefore() {
        windows(90, 85, 80, 79);
        assertThat(watch.finding()).isNotNull();
    }

    @Test
    void looksAtFullWindowsOnly() {
        windows(90);
        labels(0, 99);
        assertThat(watch.finding()).isNull();
        labels(0, 1);
        assertThat(watch.finding()).isNotNull();
    }

    @Test
    void doesNotAskTwiceForTheSameWindowsOnceATrainingWasOrdered() {
        windows(90, 84, 84, 84);
        watch.trainingOrdered();
        assertThat(watch.finding()).isNull();
        windows(84, 84);
        assertThat(watch.finding()).isNull();
        windows(84);
        assertThat(watch.finding()).isNotNull();
    }

    @Test
    void isSwitchedOffByAWindowOfNoLabels() {
        DropWatch off = new DropWatch(new Drop(0, .10, .05, 3));
        for (int i = 0; i < 1_000; i++) {
            off.score(i < 500 ? 1 : 0);
        }
        assertThat(off.finding()).isNull();
    }

    @Test
    void looksAtTheChampionsLabelsAloneAndStartsAnewWithANewChampion() {
        History history = History.withChampion(Mail.SHIPPED.retrainingEvery(0)).stores(2);
        history.learns(1, 50, true).learns(2, 100, false);
        assertThat(history.state.drop()).isEmpty();
        history.learns(1, 50, false);
        assertThat(history.state.drop()).isPresent();
        history.moves(1, Stage.STANDBY).moves(2, Stage.CHAMPION);
        assertThat(history.state.drop()).isEmpty();
        assertThat(history.learns(2, 100, false).state.drop()).isEmpty();
    }

    private void windows(int... right) {
        for (int count : right) {
            labels(count, 100);
        }
    }

    private void labels(int right, int labels) {
        for (int i = 0; i < labels; i++) {
            watch.score(i < right ? 1 : 0);
        }
    }
}
