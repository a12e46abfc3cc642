package io.abgate.model.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.abgate.registry.contract.JobProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressReportsTest {
    private final List<JobProgress> sent = new ArrayList<>();
    private long now;
    private boolean stopped;
    private final ProgressReports reports = new ProgressReports(7, sent::add, () -> now, () -> stopped);

    @Test
    void tellsTheFirstPassTheLastAndOneIn100MillisecondsWithTheTimeToGo() {
        for (int epoch = 1; epoch <= 10; epoch++) {
            reports.passed(epoch, 10, 1.0 / epoch);
            now += TimeUnit.MILLISECONDS.toNanos(30);
        }

        assertThat(sent).extracting(JobProgress::epoch).containsExactly(1, 5, 9, 10);
        assertThat(sent.get(1)).as("30 ms a pass").isEqualTo(new JobProgress(7, 5, 10, 0.2, 0.15));
    }

    @Test
    void knowsNoRateAfterTheFirstPassAndNoTimeToGoAfterTheLast() {
        reports.passed(1, 1, 0.5);
        assertThat(sent.get(0).etaSeconds()).isZero();
        new ProgressReports(7, sent::add, () -> now, () -> stopped).passed(1, 2, 0.5);
        assertThat(sent.get(1).etaSeconds()).isNaN();
    }

    @Test
    void endsTheJobWhenTheWorkerStops() {
        stopped = true;

        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> reports.passed(1, 10, 1));
    }
}
