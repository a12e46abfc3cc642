package io.abgate.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.model.dense.DenseModel;
import io.abgate.model.dense.Features;
import io.abgate.model.dense.ForwardPass;
import io.abgate.model.dense.Network;
import io.abgate.registry.contract.TrainOrder.Plan;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of {@code reference/training.json}. */
class TrainingReferenceTest {
    private static final Offset<Double> SAME = Offset.offset(1e-12);
    /** The one usable sample of run D: "dog" is followed by "jumped". */
    private static final Sample HARMFUL = new Sample(Reference.input(3), 17);

    @ParameterizedTest
    @CsvSource({
        "A_15_epochs_lr_0.005, M0, 15, 0.005",
        "B_200_epochs_lr_0.5, M0, 200, 0.5",
        "C_recovery_200_epochs_lr_0.5, noisy, 200, 0.5",
        "D_harmful_15_epochs_lr_0.005, noisy, 15, 0.005"
    })
    void lossesAndWeightsAreThoseOfTheExercise(String run, String start, int epochs, double rate) {
        List<Double> losses = new ArrayList<>();
        Trained trained = train(run, start, new Plan(epochs, rate, 0, 0), losses);
        Trained oneMore = train(run, start, new Plan(epochs + 1, rate, 0, 0));

        JsonNode expected = Reference.run(run);
        assertThat(expected.get("epochs").intValue()).isEqualTo(epochs);
        assertThat(expected.get("learning_rate").doubleValue()).isEqualTo(rate);
        assertSameNumbers(losses, expected.get("loss_before_update_at_epoch"));
        assertSameWeights(trained.network(), Reference.network(expected.get("final")));
        assertThat(oneMore.lastLoss())
                .isCloseTo(expected.get("loss_after_last_update").doubleValue(), SAME);
    }

    private static Trained train(String run, String start, Plan plan) {
        return train(run, start, plan, new ArrayList<>());
    }

    private static Trained train(String run, String start, Plan plan, List<Double> losses) {
        List<Sample> samples = run.startsWith("D") ? List.of(HARMFUL) : Reference.samples();
        return new Trainer(plan).train(Reference.start(start), samples, (epoch, of, loss) -> losses.add(loss));
    }

    private static void assertSameNumbers(List<Double> actual, JsonNode expected) {
        assertThat(actual).hasSize(expected.size());
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i))
                    .as("epoch %s", i)
                    .isCloseTo(expected.get(i).doubleValue(), SAME);
        }
    }

    private static void assertSameWeights(Network actual, Network expected) {
        for (int i = 0; i < 2; i++) {
            assertThat(actual.layers().get(i).weights())
                    .containsExactly(expected.layers().get(i).weights(), SAME);
            assertThat(actual.layers().get(i).bias())
                    .containsExactly(expected.layers().get(i).bias(), SAME);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "A_15_epochs_lr_0.005, M0, 0, 0",
        "B_200_epochs_lr_0.5, M0, 0, 6",
        "C_recovery_200_epochs_lr_0.5, noisy, 3, 7",
        "D_harmful_15_epochs_lr_0.005, noisy, 3, 1"
    })
    void trainingHelpsAndHarmsAsInTheExercise(String name, String start, int before, int after) {
        JsonNode run = Reference.run(name);
        Plan plan =
                new Plan(run.get("epochs").intValue(), run.get("learning_rate").doubleValue(), 0, 0);
        Network trained = train(name, start, plan).network();

        assertThat(Reference.rightOfTen(Reference.start(start)))
                .isEqualTo(before)
                .isEqualTo(tenths(run.at("/pre/accuracy")));
        assertThat(Reference.rightOfTen(trained)).isEqualTo(after).isEqualTo(tenths(run.at("/post/accuracy")));
        assertSamePredictions(trained, run.get("predictions_on_test_data_after"));
    }

    private static int tenths(JsonNode accuracy) {
        return (int) Math.round(10 * accuracy.doubleValue());
    }

    private static void assertSamePredictions(Network network, JsonNode expected) {
        ForwardPass pass = new ForwardPass(network);
        int next = 0;
        for (JsonNode test : Reference.read("predictions.json").get("cases")) {
            if (test.get("expected").isTextual()) {
                double[] probabilities =
                        pass.run(Reference.input(test.get("input_id").intValue()));
                int best = Reference.likeliest(probabilities);
                JsonNode prediction = expected.get(next++);
                assertThat(Reference.word(best)).isEqualTo(prediction.get(0).textValue());
                assertThat(probabilities[best]).isCloseTo(prediction.get(1).doubleValue(), SAME);
            }
        }
        assertThat(next).isEqualTo(10).isEqualTo(expected.size());
    }

    @ParameterizedTest
    @CsvSource({
        "A_15_epochs_lr_0.005, M0",
        "B_200_epochs_lr_0.5, M0",
        "C_recovery_200_epochs_lr_0.5, noisy",
        "D_harmful_15_epochs_lr_0.005, noisy"
    })
    void wordsThroughTheEncoderGiveTheSameNetwork(String name, String start) {
        JsonNode run = Reference.run(name);
        DenseModel model = Reference.model(Reference.rotated(Reference.start(start)));
        List<Integer> dropped = new ArrayList<>();
        List<Sample> samples = usable(model, run.get("buffer").textValue(), dropped);

        Plan plan =
                new Plan(run.get("epochs").intValue(), run.get("learning_rate").doubleValue(), 0, 0);
        Trained trained = new Trainer(plan).train(model.network(), samples, Progress.NONE);

        assertThat(samples).hasSize(run.get("data_points_used").intValue());
        if (run.get("buffer").textValue().equals("buffer")) {
            assertThat(Reference.read("training.json").get("dropped_indices"))
                    .map(JsonNode::intValue)
                    .containsExactlyElementsOf(dropped);
        }
        assertSameWeights(trained.network(), Reference.rotated(Reference.network(run.get("final"))));
    }

    private static List<Sample> usable(DenseModel model, String buffer, List<Integer> dropped) {
        List<Sample> samples = new ArrayList<>();
        JsonNode pairs = Reference.read("training.json").get(buffer);
        for (int i = 0; i < pairs.size(); i++) {
            int truth = model.labels().indexOf(pairs.get(i).get(1).textValue());
            if (pairs.get(i).get(0).isEmpty() || truth < 0) {
                dropped.add(i);
                continue;
            }
            Features row = new Features();
            model.encoder().encode(Reference.context(pairs.get(i).get(0)), 0, row);
            samples.add(new Sample(row, truth));
        }
        return samples;
    }
}
