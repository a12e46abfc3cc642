package io.abgate.model.benchmark;

import io.abgate.model.Datasets;
import io.abgate.model.RowJson;
import io.abgate.model.dense.Blueprint;
import io.abgate.model.dense.DenseModel;
import io.abgate.model.dense.Features;
import io.abgate.model.training.Sample;
import io.abgate.registry.contract.TrainOrder.Plan;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Tensor;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is trained.
 *
 * @param start the model before training
 * @param samples its rows, encoded; a whole number of batches
 * @param plan how long, how fast, and in which batches
 */
public record Workload(DenseModel start, List<Sample> samples, Plan plan) {
    /** Passes in a training. */
    static final int EPOCHS = 20;

    /** The workloads that are measured. */
    public enum Kind {
        /** 1,000 one-hot rows, 24-12-24, full batch; inputs and labels are drawn evenly, the worst case for merging. */
        ONE_HOT {
            @Override
            Workload load() {
                String labels = String.join("\",\"", words());
                DenseModel start =
                        Blueprint.parse("""
                                {"format":"abgate/dense-v1","labels":["%s"],"hidden":[12],
                                 "encoder":{"kind":"last-word","vocabulary":["%s"],"unknown":"w0"},
                                 "initialisation":{"kind":"he-normal"}}""".formatted(labels, labels)).model(1);
                Random random = new Random(2);
                List<Sample> samples = Stream.generate(() -> oneHot(random.nextInt(24), random.nextInt(24)))
                        .limit(1000)
                        .toList();
                return new Workload(start, samples, new Plan(EPOCHS, 0.5, 0, 1));
            }
        },
        /** 1,500 mails as hashed words, 1024-16-2, batches of 16 (1,488 mails fill them). */
        MAIL {
            @Override
            Workload load() {
                DenseModel start = mail();
                return new Workload(
                        start, encode(start, Datasets.mail().subList(0, 93 * 16)), new Plan(EPOCHS, 0.3, 16, 1));
            }
        },
        /** 1,024 rows of 64 numbers without a zero, 64-32-10, batches of 16: nothing to gather and nothing to merge. */
        DENSE {
            @Override
            Workload load() {
                Random random = new Random(3);
                List<Sample> samples =
                        Stream.generate(() -> dense(random)).limit(64 * 16).toList();
                return new Workload(digits(), samples, new Plan(EPOCHS, 0.03, 16, 1));
            }
        },
        /** The hand-written digits, 64-32-10, batches of 16. */
        DIGITS {
            @Override
            Workload load() {
                DenseModel start = digits();
                return new Workload(
                        start, encode(start, Datasets.digits().subList(0, 112 * 16)), new Plan(EPOCHS, 0.3, 16, 1));
            }
        };

        abstract Workload load();
    }

    /** The same rows in one batch, for a few passes. */
    Workload fullBatch(int epochs) {
        return new Workload(start, samples, new Plan(epochs, plan.learningRate(), 0, plan.seed()));
    }

    int batch() {
        return plan.batch() == 0 ? samples.size() : plan.batch();
    }

    static DenseModel mail() {
        return Blueprint.parse("""
                        {"format":"abgate/dense-v1","labels":["ham","spam"],
                         "encoder":{"kind":"hashed-words","size":1024,"hash":"xxh64"},
                         "hidden":[16],"initialisation":{"kind":"he-normal"}}""").model(1);
    }

    private static DenseModel digits() {
        return Blueprint.parse("""
                        {"format":"abgate/dense-v1","labels":["0","1","2","3","4","5","6","7","8","9"],
                         "encoder":{"kind":"numeric","size":64,"scale":0.0625},
                         "hidden":[32],"initialisation":{"kind":"he-normal"}}""").model(1);
    }

    /** The inputs of these rows, a tensor each. */
    static List<Tensor> tensors(DenseModel model, List<Example> rows) {
        return rows.stream()
                .map(row -> RowJson.tensor(model.input(), List.of(row.input())))
                .toList();
    }

    private static List<Sample> encode(DenseModel model, List<Example> rows) {
        List<Tensor> tensors = tensors(model, rows);
        Features buffer = new Features();
        return IntStream.range(0, rows.size())
                .mapToObj(row -> {
                    model.encoder().encode(tensors.get(row), 0, buffer);
                    return new Sample(
                            buffer.copy(), model.labels().indexOf(rows.get(row).truth()));
                })
                .toList();
    }

    private static List<String> words() {
        return IntStream.range(0, 24).mapToObj(i -> "w" + i).toList();
    }

    private static Sample dense(Random random) {
        Features row = new Features();
        for (int i = 0; i < 64; i++) {
            row.add(i, random.nextGaussian());
        }
        return new Sample(row.copy(), random.nextInt(10));
    }

    private static Sample oneHot(int index, int truth) {
        Features row = new Features();
        row.add(index, 1);
        return new Sample(row.copy(), truth);
    }
}
