package io.abgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.TensorSpec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static final Tensor PROBE = Probe.row(new TensorSpec("text", Datatype.BYTES, List.of(-1L, 1L)));

    /** A model whose predictions take what its script says, on a clock turned by hand. */
    private static final class Slow implements ModelRuntime {
        private final long[] nanos;
        private int predictions;
        private long now;

        Slow(long... nanos) {
            this.nanos = nanos;
        }

        @Override
        public PredictReply predict(Tensor input) {
            now += nanos[predictions % nanos.length];
            predictions++;
            return new PredictReply(List.of(), new int[1], new double[1], new double[1][]);
        }

        long rowNanos() {
            return new WarmUp(this, PROBE, () -> now).rowNanos();
        }
    }

    @Test
    void costOfARowIsTheMedian() {
        assertThat(new Slow(900, 1000, 90_000).rowNanos()).isEqualTo(1000);
    }

    @Test
    void fastModelRunsOftenEnoughToBeCompiled() {
        Slow model = new Slow(1000);

        model.rowNanos();

        assertThat(model.predictions).isEqualTo(20_101);
    }

    @Test
    void slowModelIsBounded() {
        Slow model = new Slow(TimeUnit.SECONDS.toNanos(1));

        assertThat(model.rowNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
        assertThat(model.predictions).isEqualTo(2);
    }

    @Test
    void probeFitsWhatAModelSaysOfItsInput() {
        Tensor numbers = Probe.row(new TensorSpec("features", Datatype.FP64, List.of(-1L, 64L)));
        Tensor context = Probe.row(new TensorSpec("context", Datatype.BYTES, List.of(-1L, -1L)));

        assertThat(numbers.shape()).containsExactly(1L, 64L);
        assertThat(numbers.numbers()).containsOnly(1);
        assertThat(context.shape()).containsExactly(1L, 1L);
        assertThat(SmallModels.text(1).newRuntime().predict(PROBE).rows()).isEqualTo(1);
    }
}
