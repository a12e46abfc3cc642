package io.abgate.model.dense;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a layer does to its sums. All of them use {@link StrictMath}, so every JDK gives the same bits. */
public enum Activation {
    /** Leaves the sums as they are. */
    @JsonProperty("identity")
    IDENTITY {
        @Override
        double of(double sum) {
            return sum;
        }

        @Override
        double slope(double output) {
            return 1;
        }
    },
    /** max(0, x), with slope 0 at 0. */
    @JsonProperty("relu")
    RELU {
        @Override
        double of(double sum) {
            return sum < 0 ? 0 : sum; // NaN stays NaN, so that a failing network is seen
        }

        @Override
        double slope(double output) {
            return output > 0 ? 1 : 0;
        }
    },
    /** 1 / (1 + e⁻ˣ). */
    @JsonProperty("sigmoid")
    SIGMOID {
        @Override
        double of(double sum) {
            return 1 / (1 + StrictMath.exp(-sum));
        }

        @Override
        double slope(double output) {
            return output * (1 - output);
        }
    },
    /** Hyperbolic tangent. */
    @JsonProperty("tanh")
    TANH {
        @Override
        double of(double sum) {
            return StrictMath.tanh(sum);
        }

        @Override
        double slope(double output) {
            return 1 - output * output;
        }
    },
    /** eˣ shifted by the largest sum and divided by the total: outputs are probabilities. */
    @JsonProperty("softmax")
    SOFTMAX {
        @Override
        void apply(double[] sums) {
            Softmax.apply(sums);
        }

        @Override
        public void backward(double[] outputs, double[] gradient) {
            Softmax.backward(outputs, gradient);
        }
    };

    double of(double sum) {
        throw new UnsupportedOperationException(this + " is not element by element");
    }

    double slope(double output) {
        throw new UnsupportedOperationException(this + " is not element by element");
    }

    /** Turns sums into outputs, in place. */
    void apply(double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = of(sums[i]);
        }
    }

    /** Turns the gradient by the outputs into the gradient by the sums, in place. */
    public void backward(double[] outputs, double[] gradient) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= slope(outputs[i]);
        }
    }
}
