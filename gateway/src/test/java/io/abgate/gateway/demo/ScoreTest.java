package io.abgate.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.demo.Score.Stretch;
import org.junit.jupiter.api.Test;

class ScoreTest {
    private final Score score = new Score(1_000);

    @Test
    void mailsAreCountedInStretchesAndInAll() {
        add(500, 400, 300);
        add(500, 450, 200);
        add(63, 60, 20);
        assertThat(score.stretches())
                .containsExactly(
                        new Stretch(1_000, 500, 400, 300),
                        new Stretch(1_500, 500, 450, 200),
                        new Stretch(2_000, 63, 60, 20));
        assertThat(score.current()).isEqualTo(new Stretch(2_000, 63, 60, 20));
        assertThat(score.total()).isEqualTo(new Stretch(1_000, 1_063, 910, 520));
        assertThat(score.total().servedAccuracy()).isEqualTo(910.0 / 1_063);
    }

    @Test
    void decayIsFromTheFirstStretchToTheWorstWholeOne() {
        add(500, 500, 450);
        add(500, 500, 300);
        add(500, 500, 400);
        add(10, 10, 0);
        assertThat(score.decay()).isEqualTo(0.9 - 0.6);
    }

    @Test
    void oneStretchHasNotDecayed() {
        add(500, 500, 450);
        assertThat(score.decay()).isZero();
    }

    private void add(int mails, int served, int frozen) {
        for (int mail = 0; mail < mails; mail++) {
            score.add(mail < served, mail < frozen);
        }
    }
}
