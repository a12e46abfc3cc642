package io.abgate.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.abgate.model.Model;
import io.abgate.model.ModelFormats;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Measurement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Figures worked out by hand. */
class MeasurementTest {
    private static final Offset<Double> EXACTLY = within(1e-12);
    private static final double LN3 = StrictMath.log(3);

    /** Answers "yes" with probability 3/4 to 1, with 1/4 (so "no" with 3/4) to -1, and with 1/2 to 0 (so "no"). */
    private static final Model MODEL = ModelFormats.installed()
            .read(("{\"format\":\"abgate/dense-v1\",\"labels\":[\"no\",\"yes\"],"
                            + "\"encoder\":{\"kind\":\"numeric\",\"size\":1,\"scale\":1},\"layers\":[{\"activation\":"
                            + "\"softmax\",\"weights\":[[0," + LN3 + "]],\"bias\":[0,0]}]}")
                    .getBytes(StandardCharsets.UTF_8));

    private final AtomicLong nanos = new AtomicLong();
    private long step;

    /** Every reading of the clock is a step later than the one before, and every step is longer. */
    private long now() {
        step += 1_000_000;
        return nanos.addAndGet(step);
    }

    private Measurement measure(String... rows) {
        List<Example> examples = java.util.Arrays.stream(rows)
                .map(row -> row.split(" "))
                .map(row -> new Example("[" + row[0] + "]", row[1]))
                .toList();
        return new Evaluator(MODEL, this::now).measure(examples);
    }

    @Test
    void confidenceBrierScoreAndCalibration() {
        Measurement measured = measure("1 yes", "1 yes", "1 no", "-1 no", "0 no");
        assertThat(measured.score().right()).isEqualTo(4);
        assertThat(measured.confidence()).isCloseTo((4 * .75 + .5) / 5, EXACTLY);
        // right at 3/4: 2/16 each; wrong at 3/4: 18/16; right at 1/2: 1/2
        assertThat(measured.brier()).isCloseTo((3 * 2 / 16.0 + 18 / 16.0 + .5) / 5, EXACTLY);
        // at 0.7 to 0.8: 3 of 4 right, as confident as right; at 0.5: 1 of 1 right
        assertThat(measured.calibrationError()).isCloseTo(.5 / 5, EXACTLY);
        assertThat(measured.errors()).isZero();
    }

    @Test
    void timesOfTheRows() {
        Measurement.Latency latency = measure("1 yes", "1 yes", "1 no", "-1 no").latency();
        // between the readings 2, 4, 6 and 8 milliseconds went by
        assertThat(latency.mean()).isCloseTo(.005, EXACTLY);
        assertThat(latency.p50()).isCloseTo(.004, EXACTLY);
        assertThat(latency.p95()).isCloseTo(.008, EXACTLY);
        assertThat(latency.max()).isCloseTo(.008, EXACTLY);
    }

    @Test
    void rowsThatAreRefusedAreErrorsAndNothingElse() {
        Measurement measured = measure("1,2 yes", "1 yes");
        assertThat(measured.errors()).isEqualTo(1);
        assertThat(measured.attempts()).isEqualTo(2);
        assertThat(measured.score().right()).isEqualTo(1);
        assertThat(measured.confidence()).isCloseTo(.75, EXACTLY);
    }

    @Test
    void aTruthThatIsNoLabelIsAsFarAwayAsCanBe() {
        assertThat(measure("1 perhaps").brier()).isCloseTo(1 + 1 / 16.0 + 9 / 16.0, EXACTLY);
    }

    @Test
    void withoutRowsNothingIsSaid() {
        Measurement measured = measure();
        assertThat(measured.confidence()).isNaN();
        assertThat(measured.brier()).isNaN();
        assertThat(measured.calibrationError()).isNaN();
        assertThat(measured.latency().p99()).isNaN();
    }
}
