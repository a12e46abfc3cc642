package io.abgate.registry;

/**
 * How much may wait for the writer, and how much a start may have to read.
 *
 * @param tasks things to be done one after another
 * @param labels labels and samples that wait for a commit
 * @param together labels and samples in one commit
 * @param checkpoints how often the states are kept
 */
record Limits(int tasks, int labels, int together, Checkpoints.Pace checkpoints) {
    static final Limits DEFAULT = new Limits(10_000, 20_000, 5_000, Checkpoints.Pace.SHIPPED);
}
