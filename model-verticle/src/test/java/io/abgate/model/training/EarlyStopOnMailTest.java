package io.abgate.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.model.Datasets;
import io.abgate.model.dense.DenseModel;
import io.abgate.registry.contract.TrainOrder.Plan;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Stopping;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Why {@code training.earlyStop} is off as shipped: what it does on mail that moves on, retrained as in the demo. */
class EarlyStopOnMailTest {
    private static final int BUFFER = 1_000;
    private static final int FIRST = 1_500;
    private static final int EVERY = 250;
    private static final int SEEDS = 3;

    @Test
    void watchedRowsCostMoreThanTheyGiveOnMail() {
        double off = accuracy(0);
        double on = accuracy(5);
        System.out.printf(
                Locale.ROOT, "on the %d mails that follow a training: %.3f, with early stop %.3f%n", EVERY, off, on);
        assertThat(off).isGreaterThan(.9);
        assertThat(on).isLessThan(off);
    }

    /** Mean over all trainings of the replay, from each of the seeds. */
    private static double accuracy(int watchedOneIn) {
        List<Example> rows = Datasets.mail();
        Stopping stopping = new Stopping(watchedOneIn, 3, 3, 3);
        int right = 0;
        int trainings = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            Plan plan = new Plan(8, 0.3, 16, seed, stopping);
            for (int now = FIRST; now + EVERY <= rows.size(); now += EVERY) {
                DenseModel model = MailVersions.trained(plan, rows.subList(now - BUFFER, now));
                right += MailVersions.right(model, rows.subList(now, now + EVERY))
                        .cardinality();
                trainings++;
            }
        }
        return (double) right / (trainings * EVERY);
    }
}
