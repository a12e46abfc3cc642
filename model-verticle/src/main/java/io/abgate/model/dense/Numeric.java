package io.abgate.model.dense;

import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.TensorSpec;
import java.util.List;

/**
 * Numbers as they are, times a scale.
 *
 * @param size numbers in a row
 * @param scale what each is multiplied with
 */
record Numeric(int size, double scale) implements Encoder {
    Numeric {
        Check.that(size > 0 && size <= Limits.WEIGHTS, "encoder.size", size, "1 to " + Limits.WEIGHTS);
        Check.that(scale != 0 && Double.isFinite(scale), "encoder.scale", scale, "a finite number other than 0");
    }

    @Override
    public TensorSpec input() {
        return new TensorSpec("features", Datatype.FP64, List.of(-1L, (long) size));
    }

    @Override
    public void check(Tensor tensor) {
        if (!isGood(tensor)) {
            refuse(tensor);
        }
    }

    private boolean isGood(Tensor tensor) {
        List<Long> shape = tensor.shape();
        return tensor.datatype().isNumeric() && shape.size() == 2 && shape.get(1) == size;
    }

    private void refuse(Tensor tensor) {
        Check.that(tensor.datatype().isNumeric(), tensor.name(), tensor.datatype(), "a numeric datatype");
        List<Long> shape = tensor.shape();
        Check.that(shape.size() == 2 && shape.get(1) == size, "shape of " + tensor.name(), shape, "[n, " + size + "]");
    }

    @Override
    public void encode(Tensor tensor, int row, Features into) {
        into.clear();
        for (int i = 0; i < size; i++) {
            double number = tensor.numbers()[row * size + i];
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException(
                        Check.message(tensor.name() + "[" + row + "][" + i + "]", number, "a finite number"));
            }
            double value = number * scale;
            if (!Double.isFinite(value)) { // the model's fault, not the application's
                throw new IllegalStateException(number + " overflows when it is scaled by " + scale);
            }
            into.add(i, value);
        }
    }

    @Override
    public boolean isEmpty(Features row) {
        return false; // zeros are numbers too
    }
}
