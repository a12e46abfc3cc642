package io.abgate.model.benchmark;

import io.abgate.model.dense.Network;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Passes over all rows a second. JMH takes parameters by their names, so the rivals run one after the other. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class TrainingBenchmark {
    /** What is trained. */
    @Param
    Workload.Kind rows;

    /** Who trains it. */
    @Param
    Training.By trainer;

    private Training training;

    /** Loads the rows. */
    @Setup
    public void load() {
        training = trainer.of(rows.load());
    }

    /** A whole training, with what it does once before its passes. */
    @Benchmark
    @OperationsPerInvocation(Workload.EPOCHS)
    public Network epochs() {
        return training.train();
    }
}
