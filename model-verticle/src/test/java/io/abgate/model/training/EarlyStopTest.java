package io.abgate.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.model.dense.Network;
import io.abgate.registry.contract.TrainOrder.Plan;
import io.abgate.registry.contract.TrainingCourse.Point;
import io.abgate.registry.domain.Stopping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings that end before their last pass, and those that must not. */
class EarlyStopTest {
    private static final Stopping WATCHING = new Stopping(4, 3, 0, 1);

    /** Labels by chance: whoever learns them by heart gets worse on others. */
    private static List<Sample> noise() {
        Random random = new Random(3);
        return IntStream.range(0, 60)
                .mapToObj(i -> SmallTraining.sample(random.doubles(4, -1, 1).toArray(), random.nextInt(3)))
                .toList();
    }

    private static Trained train(List<Sample> samples, Plan plan) {
        return new Trainer(plan).train(SmallTraining.MODEL.network(), samples, Progress.NONE);
    }

    @Test
    void keepsTheWeightsThatWereBestOnRowsThatItWasNotTrainedOn() {
        List<Sample> samples = noise();
        Plan plan = new Plan(2_000, 0.5, 8, 1, WATCHING);

        Trained trained = train(samples, plan);

        List<Point> points = trained.course().losses();
        int best = points.stream()
                .min(Comparator.comparing(Point::watched))
                .orElseThrow()
                .epoch();
        assertThat(trained.course().watchedRows()).isEqualTo(15);
        assertThat(trained.course().bestEpoch()).isEqualTo(best);
        assertThat(trained.course().epochs()).isEqualTo(best + 3).isLessThan(2_000);
        assertThat(trained.course().stopped()).isEqualTo("no better on 15 watched rows since epoch " + best);
        EarlyStop.Parts parts = EarlyStop.part(samples, WATCHING, 1);
        Network network = Objects.requireNonNull(trained.network());
        assertThat(new MeanLoss(network).of(parts.watched()))
                .isEqualTo(points.get(best - 1).watched());
        Network without = Objects.requireNonNull(
                train(parts.train(), new Plan(best, 0.5, 8, 1)).network());
        assertThat(SmallTraining.MODEL.with(network).sha256())
                .as("the same bits as a training of just so many passes on the other rows")
                .isEqualTo(SmallTraining.MODEL.with(without).sha256());
    }

    @Test
    void watchesTheSameRowsForTheSameSeedAndKeepsTheOrderOfTheOthers() {
        List<Sample> samples = noise();
        EarlyStop.Parts parts = EarlyStop.part(samples, WATCHING, 7);
        assertThat(parts).isEqualTo(EarlyStop.part(samples, WATCHING, 7));
        assertThat(parts.watched())
                .isNotEqualTo(EarlyStop.part(samples, WATCHING, 8).watched());
        List<Sample> all = new ArrayList<>(samples);
        all.removeAll(parts.watched());
        assertThat(parts.train()).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({"39, 0", "40, 10", "43, 10", "44, 11"})
    void watchesNoRowsWhereTheyWouldBeTooFew(int rows, int watched) {
        EarlyStop.Parts parts = EarlyStop.part(noise().subList(0, rows), WATCHING, 1);
        assertThat(parts.watched()).hasSize(watched);
        assertThat(parts.train()).hasSize(rows - watched);
    }

    @Test
    void makesEveryPassWithoutWatchedRows() {
        Trained trained = train(noise(), new Plan(50, 0.5, 8, 1, Stopping.DEFAULT));
        assertThat(trained.course().epochs()).isEqualTo(50);
        assertThat(trained.course().bestEpoch()).isZero();
        assertThat(trained.course().stopped()).isNull();
        Trained never = train(noise(), new Plan(50, 0.5, 8, 1));
        assertThat(SmallTraining.MODEL.with(trained.network()).sha256())
                .isEqualTo(SmallTraining.MODEL.with(never.network()).sha256());
    }

    @ParameterizedTest
    @CsvSource({"0", "8"})
    void endsATrainingWhoseLossHasLeftForGood(int batch) {
        Trained trained = train(noise(), new Plan(1_000, 1e6, batch, 1, Stopping.DEFAULT));
        assertThat(trained.network()).isNull();
        assertThat(trained.course().epochs()).isBetween(3, 20);
        assertThat(trained.failure())
                .startsWith("loss of epoch " + trained.course().epochs() + ": ")
                .contains("too high in 3 passes in a row (expected: at most ")
                .endsWith("a lower learning rate may help)");
        assertThat(trained.course().losses()).hasSize(trained.course().epochs());
        assertThat(trained.lastLoss()).as("a number all the same").isFinite();
    }

    @Test
    void forgivesALossThatIsHighForLessThanSoManyPasses() {
        Divergence divergence =
                Divergence.from(new MeanLoss(SmallTraining.MODEL.network()), noise(), 3, new Stopping(0, 1, 3, 2));
        double limit = 3 * Math.max(new MeanLoss(SmallTraining.MODEL.network()).of(noise()), Math.log(3));
        assertThat(divergence.passed(1, limit * 1.01)).isNull();
        assertThat(divergence.passed(2, limit)).as("just the limit").isNull();
        assertThat(divergence.passed(3, limit * 1.01)).isNull();
        assertThat(divergence.passed(4, limit * 1.01)).isNotNull();
    }
}
