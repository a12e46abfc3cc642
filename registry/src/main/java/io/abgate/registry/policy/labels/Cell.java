package io.abgate.registry.policy.labels;

/**
 * What is known of the predictions of one version within a time, or of several times together.
 *
 * @param predicted how many were made
 * @param asked those of them whose label is asked for, by lot
 * @param scoreSum sum of the scores of all that are labelled
 * @param plain labelled ones that were not asked for
 * @param plainRight those of them that were right
 * @param audited labelled ones that were asked for
 * @param auditedRight those of them that were right
 */
record Cell(long predicted, long asked, double scoreSum, long plain, long plainRight, long audited, long auditedRight) {
    static final Cell NONE = new Cell(0, 0, 0, 0, 0, 0, 0);

    Cell plus(Cell other) {
        return new Cell(
                predicted + other.predicted,
                asked + other.asked,
                scoreSum + other.scoreSum,
                plain + other.plain,
                plainRight + other.plainRight,
                audited + other.audited,
                auditedRight + other.auditedRight);
    }

    Cell predicted(long more) {
        return plus(new Cell(more, 0, 0, 0, 0, 0, 0));
    }

    Cell asked(long more) {
        return plus(new Cell(0, more, 0, 0, 0, 0, 0));
    }

    /** With one more label; a reward counts as right from a half. */
    Cell labelled(double score, boolean wasAsked) {
        int right = Labelled.isRight(score) ? 1 : 0;
        return plus(wasAsked ? new Cell(0, 0, score, 0, 0, 1, right) : new Cell(0, 0, score, 1, right, 0, 0));
    }

    long labelled() {
        return plain + audited;
    }

    /** The labels alone, of predictions that nobody counted. */
    Cell uncounted() {
        return plus(new Cell(-predicted, 0, 0, 0, 0, 0, 0));
    }

    /**
     * Whether the labelled ones are among those that were counted. A process has counted whatever it told of, but for ids
     * that it gave once more of that time, when its clock was set back: whichever version they were of.
     */
    boolean isWhole() {
        return labelled() <= predicted;
    }

    /** Predictions; at least as many as have a label, as some may come once those of their time were compared. */
    long all() {
        return Math.max(predicted, labelled());
    }

    long unlabelled() {
        return all() - labelled();
    }
}
