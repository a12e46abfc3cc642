package io.abgate.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.model.Datasets;
import io.abgate.model.RowJson;
import io.abgate.model.Suites;
import io.abgate.model.dense.Blueprint;
import io.abgate.model.dense.DenseModel;
import io.abgate.model.dense.Features;
import io.abgate.model.evaluation.Evaluator;
import io.abgate.model.evaluation.SuiteRunner;
import io.abgate.registry.contract.TrainOrder.Plan;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.SuiteSummary;
import io.abgate.registry.domain.SuiteSummary.FailedCase;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealDataTest {
    private static final Blueprint MAIL = Blueprint.parse("""
            {"format":"abgate/dense-v1","labels":["ham","spam"],
             "encoder":{"kind":"hashed-words","size":1024,"hash":"xxh64"},
             "hidden":[16],"initialisation":{"kind":"he-normal"}}""");

    private static DenseModel train(DenseModel start, List<Example> rows, Plan plan) {
        List<Sample> samples = rows.stream().map(row -> sample(start, row)).toList();
        Trained trained = new Trainer(plan).train(start.network(), samples, Progress.NONE);
        return start.with(Objects.requireNonNull(trained.network()));
    }

    private static Sample sample(DenseModel model, Example row) {
        Features features = new Features();
        model.encoder().encode(RowJson.tensor(model.input(), List.of(row.input())), 0, features);
        return new Sample(features.copy(), model.labels().indexOf(row.truth()));
    }

    private static double accuracy(DenseModel model, List<Example> rows) {
        return new Evaluator(model).evaluate(rows).score().accuracy();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void digitsAreRead(long seed) {
        Blueprint blueprint = Blueprint.parse("""
                {"format":"abgate/dense-v1","labels":["0","1","2","3","4","5","6","7","8","9"],
                 "encoder":{"kind":"numeric","size":64,"scale":0.0625},
                 "hidden":[32],"initialisation":{"kind":"he-normal"}}""");
        List<Example> rows = Datasets.digits();

        DenseModel model = train(blueprint.model(seed), rows.subList(0, 1000), new Plan(20, 0.3, 16, seed));

        assertThat(accuracy(model, rows.subList(1000, rows.size()))).isGreaterThanOrEqualTo(0.925);
        assertThat(failures("digits", model)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void mailDriftsAwayFromAModelThatWasTrainedOnce(long seed) {
        List<Example> rows = Datasets.mail();

        DenseModel model = train(MAIL.model(seed), rows.subList(0, 1500), new Plan(8, 0.3, 16, seed));

        assertThat(accuracy(model, rows.subList(1500, rows.size()))).isBetween(0.80, 0.88);
        assertThat(accuracy(model, rows.subList(1500, 2500))).isGreaterThan(0.90);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1500, 2500, 3500, 4600})
    void mailOfAnyTimeMakesAVersionThatPassesItsSuites(int from) {
        List<Example> rows = Datasets.mail();

        DenseModel model = train(MAIL.model(from), rows.subList(from, from + 1000), new Plan(8, 0.3, 16, from));

        assertThat(failures("mail", model)).isEmpty();
    }

    private static List<FailedCase> failures(String suites, DenseModel model) {
        SuiteSummary summary =
                new SuiteRunner(model, System::nanoTime).run(Suites.of(suites)).summary();
        assertThat(summary.cases()).isGreaterThan(5);
        return summary.failures();
    }
}
