package io.abgate.registry.domain;

import java.util.List;

/**
 * What operators say of one model in {@code config/models/NAME.yaml}.
 *
 * @param name of the model: lower-case letters, digits and hyphens
 * @param labels a truth must be one of these (or of the answered version's own)
 * @param input the tensor that applications send
 * @param blueprint JSON text that tells a model format how to make the first network: {@code {"format":
 *     "abgate/dense-v1", "labels": […], "encoder": {…}, "hidden": [16], "initialisation": {"kind": "he-normal"}}}
 * @param suites cases that a version must pass to be fit for service; may be empty
 */
public record ModelSettings(
        String name,
        List<String> labels,
        TensorSpec input,
        String blueprint,
        Data data,
        Training training,
        Gate gate,
        Rollout rollout,
        Routing routing,
        Serving serving,
        Labelling labelling,
        Monitor monitor,
        List<SuiteCase> suites) {

    public ModelSettings {
        Check.that(name.matches("[a-z0-9][a-z0-9-]*"), "model", name, "lower-case letters, digits and hyphens");
        Check.that(labels.size() >= 2, "labels", labels, "at least two");
        Check.that(labels.stream().distinct().count() == labels.size(), "labels", labels, "no label twice");
        labels = List.copyOf(labels);
        suites = List.copyOf(suites);
    }

    /** Rows {@code from} (inclusive) to {@code to} (exclusive) of a data set. */
    public record Rows(int from, int to) {
        public Rows {
            Check.that(from >= 0 && to >= from, "rows", from + " to " + to, "0 ≤ from ≤ to");
        }

        /** How many rows. */
        public int count() {
            return to - from;
        }
    }

    /**
     * Where the model's data comes from.
     *
     * @param dataset file below the configuration's {@code datasets/}
     * @param inputField field of a JSON row that holds the input; empty for CSV, whose last column is the truth and
     *     whose other columns are the input
     * @param truthField field of a JSON row that holds the truth; empty for CSV
     * @param first rows on which the first version is trained
     * @param evaluation rows of the fixed evaluation set; empty when candidates are judged on held-out labels
     * @param replay rows that {@code replay} and {@code demo} play
     */
    public record Data(
            String dataset, String inputField, String truthField, Rows first, Rows evaluation, Rows replay) {}

    /** From what weights a retraining starts. */
    public enum Start {
        /** New seeded weights. */
        FRESH,
        /** The parent's weights. */
        PARENT
    }

    /**
     * How a version is trained, and when again.
     *
     * @param epochs passes over the rows
     * @param learningRate of gradient descent on the mean cross-entropy
     * @param batch rows of a mini-batch; 0 is full batch
     * @param start of a retraining
     * @param seed of initial weights and shuffles
     * @param everyLabels a retraining after so many new labels; 0 is never
     * @param buffer how many of the newest labelled rows a retraining sees
     * @param heldOutOneIn one label in so many (by id hash) is never trained on; 0 is none
     * @param minimumSamples usable rows that an automatic retraining needs
     * @param drop when a fall of live accuracy asks for a retraining
     * @param restraint what keeps automatic retrainings within bounds
     * @param stopping when a training ends before its last pass
     */
    public record Training(
            int epochs,
            double learningRate,
            int batch,
            Start start,
            long seed,
            int everyLabels,
            int buffer,
            int heldOutOneIn,
            int minimumSamples,
            Drop drop,
            Restraint restraint,
            Stopping stopping) {
        public Training {
            Check.that(epochs > 0, "training.epochs", epochs, "a number from 1");
            Check.that(
                    learningRate > 0 && Double.isFinite(learningRate),
                    "training.learningRate",
                    learningRate,
                    "a finite number above 0");
            Check.that(batch >= 0, "training.batch", batch, "a number from 0 (full batch)");
            Check.that(everyLabels >= 0, "training.everyLabels", everyLabels, "a number from 0 (never)");
            Check.that(buffer > 0, "training.buffer", buffer, "a number from 1");
            Check.that(heldOutOneIn != 1 && heldOutOneIn >= 0, "training.heldOutOneIn", heldOutOneIn, "0 or from 2");
            Check.that(minimumSamples > 0, "training.minimumSamples", minimumSamples, "a number from 1");
        }
    }

    /**
     * The classic drop rules on tumbling windows of live labels; a drop is in accuracy points against the champion's
     * first window.
     *
     * @param window labels in a window; 0 switches the rules off
     * @param once a drop above this in one window asks for a retraining
     * @param repeated a drop above this in {@code repeats} windows in a row asks for one too
     */
    public record Drop(int window, double once, double repeated, int repeats) {
        public Drop {
            Check.that(window >= 0, "training.drop.window", window, "a number from 0 (off)");
            Check.that(once > 0 && once < 1, "training.drop.once", once, "a number in (0, 1)");
            Check.that(repeated > 0 && repeated < 1, "training.drop.repeated", repeated, "a number in (0, 1)");
            Check.that(repeats > 0, "training.drop.repeats", repeats, "a number from 1");
        }
    }

    /**
     * The offline gate.
     *
     * @param tolerance by how much a candidate's held-out accuracy may be below its parent's
     * @param balancedTolerance the same for balanced accuracy
     * @param balancedMinimumRows balanced accuracy is judged when each class has so many rows
     */
    public record Gate(double tolerance, double balancedTolerance, int balancedMinimumRows) {
        public Gate {
            Check.that(tolerance >= 0 && tolerance <= 1, "gate.tolerance", tolerance, "a number in [0, 1]");
            Check.that(
                    balancedTolerance >= 0 && balancedTolerance <= 1,
                    "gate.balancedTolerance",
                    balancedTolerance,
                    "a number in [0, 1]");
            Check.that(balancedMinimumRows > 0, "gate.balancedMinimumRows", balancedMinimumRows, "a number from 1");
        }
    }

    /** How a candidate that passed the gate goes on. */
    public enum Promotion {
        /** Shadow, a ladder of shares in canary, then champion, as proofs allow; see {@link PromotionProof}. */
        EVIDENCE,
        /** Shadow, then champion when not fewer of so many labelled copies are right. */
        COUNT,
        /** Stays CANDIDATE until an operator acts. */
        MANUAL
    }

    /**
     * How a version is promoted and taken back.
     *
     * @param promotion see {@link Promotion}
     * @param labels labelled shadow copies that a count takes
     * @param alpha false-rollback probability of a version's life
     * @param controlShare of live traffic that a former champion keeps beside the new one, which is judged by it; 0 is
     *     none, and then nothing takes a champion back
     * @param proof what evidence takes
     * @param oversight what operators hold of these decisions
     * @param traffic what is made of the requests that gateways count
     */
    public record Rollout(
            Promotion promotion,
            int labels,
            double alpha,
            double controlShare,
            PromotionProof proof,
            Oversight oversight,
            TrafficSettings traffic) {
        /** Of a model that says nothing of it. */
        public static final double CONTROL_SHARE = 0.05;

        /** With the proofs of a model that says nothing of them, verdicts that are carried out, and no guardrails. */
        public Rollout(Promotion promotion, int labels, double alpha, double controlShare) {
            this(
                    promotion,
                    labels,
                    alpha,
                    controlShare,
                    PromotionProof.DEFAULT,
                    Oversight.DEFAULT,
                    TrafficSettings.PLAIN);
        }

        public Rollout {
            Check.that(
                    controlShare >= 0 && controlShare <= 0.5,
                    "rollout.controlShare",
                    controlShare,
                    "a number in [0, 0.5]");
            Check.that(labels > 0, "rollout.labels", labels, "a number from 1");
            Check.that(alpha > 0 && alpha < 1, "rollout.alpha", alpha, "a number in (0, 1)");
        }
    }

    /**
     * How traffic is split.
     *
     * @param floor smallest share of an arm in adaptive mode
     * @param discount weight that older labels keep at each new one, in adaptive mode
     */
    public record Routing(RoutingMode mode, double floor, double discount) {
        public Routing {
            Check.that(floor > 0 && floor <= 0.25, "routing.floor", floor, "a number in (0, 0.25]");
            Check.that(discount > 0 && discount <= 1, "routing.discount", discount, "a number in (0, 1]");
        }
    }

    /** What a version in the URL does. */
    public enum Pinning {
        /** That version answers. */
        HONOUR,
        /** The split decides all the same. */
        ROUTE,
        /** 409. */
        REFUSE
    }

    /**
     * How requests are answered.
     *
     * @param deadlineMillis after which the fallback is asked; champion and standby get as long again
     * @param samplesPerSecond budget of inputs sent to the sample table, per gateway node
     */
    public record Serving(int deadlineMillis, Pinning pinning, int samplesPerSecond) {
        public Serving {
            Check.that(deadlineMillis > 0, "serving.deadlineMillis", deadlineMillis, "a number from 1");
            Check.that(samplesPerSecond >= 0, "serving.samplesPerSecond", samplesPerSecond, "a number from 0");
        }
    }

    /**
     * How the champion is watched on the fixed evaluation rows, beside what it was when it was promoted.
     *
     * @param everySeconds between two checks; 0 is never
     * @param alerts when a check raises an alert
     * @param retrainOnce a fall of accuracy above this in one check asks for a retraining
     * @param retrainRepeated one above this in {@code retrainRepeats} checks in a row asks for one too
     * @param coolDownSeconds for so long after people were told that an alert is over they are not told of the next
     *     one of its kind; 0 tells each
     */
    public record Monitor(
            int everySeconds,
            AlertLimits alerts,
            double retrainOnce,
            double retrainRepeated,
            int retrainRepeats,
            int coolDownSeconds) {
        /** Of alerts, where nothing is said. */
        public static final int COOL_DOWN_SECONDS = 300;

        public Monitor {
            Check.that(everySeconds >= 0, "monitor.everySeconds", everySeconds, "a number from 0 (never)");
            Check.that(retrainOnce > 0 && retrainOnce <= 1, "monitor.retrain.once", retrainOnce, "a number in (0, 1]");
            Check.that(
                    retrainRepeated > 0 && retrainRepeated <= 1,
                    "monitor.retrain.repeated",
                    retrainRepeated,
                    "a number in (0, 1]");
            Check.that(retrainRepeats > 0, "monitor.retrain.repeats", retrainRepeats, "a number from 1");
            Check.that(
                    coolDownSeconds >= 0, "monitor.alerts.coolDownSeconds", coolDownSeconds, "a number from 0 (none)");
        }
    }
}
