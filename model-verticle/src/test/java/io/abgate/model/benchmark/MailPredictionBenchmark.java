package io.abgate.model.benchmark;

import io.abgate.model.Datasets;
import io.abgate.model.ModelRuntime;
import io.abgate.model.dense.DenseModel;
import io.abgate.model.dense.Features;
import io.abgate.model.dense.ForwardPass;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Tensor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Microseconds for one mail: its text in, probabilities out. Each of 1,024 real mails in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MailPredictionBenchmark {
    private static final int MAILS = 1024;

    private final DenseModel model = Workload.mail();
    private final List<Tensor> mails = Workload.tensors(model, Datasets.mail().subList(0, MAILS));
    private final List<Features> encoded = mails.stream().map(this::encoded).toList();
    private final ModelRuntime runtime = model.newRuntime();
    private final ForwardPass pass = new ForwardPass(model.network());
    private final Features buffer = new Features();
    private int next;

    private Features encoded(Tensor mail) {
        Features row = new Features();
        model.encoder().encode(mail, 0, row);
        return row.copy();
    }

    private int next() {
        next = (next + 1) & (MAILS - 1);
        return next;
    }

    /** What a request costs: {@link #encode}, {@link #forward}, and the reply. */
    @Benchmark
    public PredictReply predict() {
        return runtime.predict(mails.get(next()));
    }

    /** Words to elements alone. */
    @Benchmark
    public Features encode() {
        model.encoder().encode(mails.get(next()), 0, buffer);
        return buffer;
    }

    /** Elements to probabilities alone. */
    @Benchmark
    public double[] forward() {
        return pass.run(encoded.get(next()));
    }
}
