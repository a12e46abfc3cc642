package io.abgate.model.training;

import io.abgate.model.Datasets;
import io.abgate.model.RowJson;
import io.abgate.model.dense.Blueprint;
import io.abgate.model.dense.DenseModel;
import io.abgate.model.dense.Features;
import io.abgate.model.dense.ForwardPass;
import io.abgate.registry.contract.TrainOrder.Plan;
import io.abgate.registry.domain.Example;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * Three versions of the mail model on the mail that came after their training, right or wrong at each.
 *
 * @param first as it is shipped
 * @param twin the same training from other first weights
 * @param flipped trained on the newest rows with their labels exchanged
 * @param mails how many there are
 */
public record MailVersions(BitSet first, BitSet twin, BitSet flipped, int mails) {
    private static final int FIRST_ROWS = 1_500;
    private static final int FLIPPED_ROWS = 300;
    private static final Blueprint MAIL = Blueprint.parse("""
            {"format":"abgate/dense-v1","labels":["ham","spam"],
             "encoder":{"kind":"hashed-words","size":1024,"hash":"xxh64"},
             "hidden":[16],"initialisation":{"kind":"he-normal"}}""");

    /** Trains them and has them answer. */
    public static MailVersions train() {
        List<Example> rows = Datasets.mail();
        List<Example> later = rows.subList(FIRST_ROWS, rows.size());
        List<Example> wrong = rows.subList(FIRST_ROWS - FLIPPED_ROWS, FIRST_ROWS).stream()
                .map(row -> new Example(row.input(), row.truth().equals("ham") ? "spam" : "ham"))
                .toList();
        return new MailVersions(
                right(trained(1, rows.subList(0, FIRST_ROWS)), later),
                right(trained(2, rows.subList(0, FIRST_ROWS)), later),
                right(trained(3, wrong), later),
                later.size());
    }

    private static DenseModel trained(long seed, List<Example> rows) {
        return trained(new Plan(8, 0.3, 16, seed), rows);
    }

    /** As shipped, but for the plan. */
    static DenseModel trained(Plan plan, List<Example> rows) {
        DenseModel start = MAIL.model(plan.seed());
        List<Sample> samples = rows.stream()
                .map(row -> new Sample(features(start, row), start.labels().indexOf(row.truth())))
                .toList();
        Trained trained = new Trainer(plan).train(start.network(), samples, Progress.NONE);
        return start.with(Objects.requireNonNull(trained.network()));
    }

    private static Features features(DenseModel model, Example row) {
        Features features = new Features();
        model.encoder().encode(RowJson.tensor(model.input(), List.of(row.input())), 0, features);
        return features.copy();
    }

    /** At which of the rows the model is right. */
    static BitSet right(DenseModel model, List<Example> rows) {
        ForwardPass pass = new ForwardPass(model.network());
        BitSet right = new BitSet();
        for (int i = 0; i < rows.size(); i++) {
            Example row = rows.get(i);
            int answer = Reference.likeliest(pass.run(features(model, row)));
            right.set(i, model.labels().get(answer).equals(row.truth()));
        }
        return right;
    }
}
