package io.abgate.registry.contract;

/** Where messages go on the event bus. */
public final class Addresses {
    /** Request {@link LabelBatch}, reply {@link FeedbackResult} once committed. */
    public static final String LABELS = "abgate.registry.labels";
    /** Send {@link SampleBatch}; lossy, no reply. */
    public static final String SAMPLES = "abgate.registry.samples";
    /** Request {@link TrafficReport}, reply {@link TrafficKnown}. */
    public static final String TRAFFIC = "abgate.registry.traffic";
    /** Request any body, reply {@link RouteTables}. */
    public static final String ROUTES = "abgate.registry.routes";
    /** Published {@link RouteTables}, whenever a table changes. */
    public static final String ROUTES_CHANGED = "abgate.routes";
    /** Request {@link ArtifactRequest}, reply {@link Artifact}. */
    public static final String ARTIFACT = "abgate.registry.artifact";
    /** Request {@link Operation}, reply {@link Answer}. */
    public static final String OPERATE = "abgate.registry.operate";
    /** Send {@link JobProgress}. */
    public static final String JOB_PROGRESS = "abgate.registry.job-progress";
    /** Request {@link JobOutcome}, reply {@link Acknowledged} once committed. */
    public static final String JOB_OUTCOME = "abgate.registry.job-outcome";
    /** Published {@link NodeReport}, every second and on every change. */
    public static final String NODES = "abgate.nodes";
    /** Request {@link TrainOrder}, reply {@link Acknowledged} when a worker has taken it. */
    public static final String TRAIN = "abgate.worker.train";
    /** Request {@link Artifact}, reply {@link Inspection}. */
    public static final String INSPECT = "abgate.worker.inspect";
    /** Request {@link SuiteOrder}, reply {@link SuiteReply}. */
    public static final String SUITES = "abgate.worker.suites";
    /** Request {@link CheckOrder}, reply {@link CheckReply}. */
    public static final String CHECK = "abgate.worker.check";
    /** Request {@link DrillOrder}, reply {@link DrillReply}. */
    public static final String DRILL = "abgate.worker.drill";

    /** Published {@link LeaderBeacon} by a registry that leads, every second. */
    public static final String LEADER = "abgate.registry.leader";

    private Addresses() {}

    /** Where one gateway node takes a {@link HealthRequest} and replies a {@link HealthReport}. */
    public static String health(String node) {
        return "abgate.gateway.health@" + node;
    }

    /** Where one replica of a version takes a {@link PredictRequest} and replies a {@link PredictReply}. */
    public static String replica(String model, int version, String sha256, String node) {
        // a number alone may be another artifact's after a store was put back to an earlier state
        return "abgate.model." + model + "." + version + "." + sha256 + "@" + node;
    }
}
