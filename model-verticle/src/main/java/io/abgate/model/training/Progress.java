package io.abgate.model.training;

/** Hears of every pass of a training, on the thread that trains; may throw to end it. */
@FunctionalInterface
public interface Progress {
    /** Nobody listens. */
    Progress NONE = (epoch, epochs, loss) -> {};

    /** A pass is done: the {@code epoch}-th, from 1, with this mean loss. */
    void passed(int epoch, int epochs, double loss);
}
