package io.abgate.registry.policy;

import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.DiscountedThompson;
import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.policy.labels.LabelSnapshot;
import io.abgate.registry.policy.rollout.MarginUse;
import io.abgate.registry.policy.rollout.MaturedUnits;
import io.abgate.registry.policy.rollout.RolloutSnapshot;
import io.abgate.registry.policy.rollout.StakedLife;
import io.abgate.registry.policy.traffic.TrafficSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything of a model's state that later entries of the ledger, or whoever reads it, can depend on, besides the
 * settings. Two states are the same when their snapshots are equal.
 *
 * @param openJobs in ascending order
 * @param versions by number
 */
public record ModelSnapshot(
        int modelId,
        Controls controls,
        long stageEpoch,
        @Nullable RouteTable route,
        List<Long> openJobs,
        List<Version> versions,
        Evidence evidence,
        Checks checks,
        Trainings retrainings,
        @Nullable DrillBegan drill,
        Supervised supervision,
        TrafficSnapshot traffic,
        LabelSnapshot labels) {
    /**
     * One version.
     *
     * @param registeredSeq place in the ledger where it was stored
     * @param controls versions that it was compared with in this life, in ascending order
     */
    public record Version(
            VersionRegistered facts,
            long registeredSeq,
            Stage stage,
            boolean wasChampion,
            double canaryShare,
            boolean ladder,
            MarginUse marginUse,
            Counts live,
            Live measured,
            LifeLedger.Snapshot life,
            StakedLife.Schedule schedule,
            List<Integer> controls) {}

    /**
     * What truths say of one version besides.
     *
     * @param rows by truth, in the order of the version's labels, then those that are none
     * @param right the same of those that it answered right
     * @param confidences their sums by bin
     */
    public record Live(
            List<Long> rows,
            List<Long> right,
            List<Double> confidences,
            List<Long> binRows,
            List<Long> binRight,
            double squares,
            long errors) {}

    /** What labels say of the versions. */
    public record Evidence(
            Experiments experiments,
            DiscountedThompson.Snapshot thompson,
            Drops drops,
            Totals totals,
            Ensemble ensemble) {}

    /**
     * What is compared.
     *
     * @param routes by epoch
     * @param lags how many labels there were of each lag
     * @param ledgerMillis the latest time of the ledger, as its clock is set now
     * @param paired versions on live traffic with their control
     */
    public record Experiments(
            String salt,
            int champion,
            List<RouteTable> routes,
            List<Lags.Bin> lags,
            long ledgerMillis,
            @Nullable Trial trial,
            @Nullable Experiment canary,
            @Nullable Experiment guard,
            List<PairedComparison> paired) {}

    /**
     * What checks have found of the champion.
     *
     * @param alerts that have not recovered, by kind
     * @param ended when people were last told that one is over, by kind
     */
    public record Checks(
            int champion,
            @Nullable BaselineTaken baseline,
            List<Alert> alerts,
            List<Alerts.Ended> ended,
            long checkedSeq,
            @Nullable String asks) {}

    /**
     * Trainings that a trigger asked for.
     *
     * @param open in ascending order
     * @param startedMillis of the newest, oldest first
     * @param waiting job that waits for approval
     * @param held why a person has to look
     */
    public record Trainings(
            List<Long> open,
            List<Long> startedMillis,
            int failures,
            String lastFailure,
            @Nullable Long endedMillis,
            @Nullable Long waiting,
            @Nullable String held) {}

    /**
     * How many labels there are.
     *
     * @param labels that count
     * @param labelsSinceTraining new ones with a truth since a trigger was last served
     * @param trainingOrderedSeq place in the ledger of the last order of a training that a trigger asked for; 0 before the first
     * @param pinnedLabels of pinned predictions: excluded from all inference
     * @param withdrawnLabels that were withdrawn, whatever they had counted for
     */
    public record Totals(
            long labels, long labelsSinceTraining, long trainingOrderedSeq, long pinnedLabels, long withdrawnLabels) {}

    /** The windows of the drop rules; the baseline is NaN before the first. */
    public record Drops(
            double baseline,
            double sum,
            int count,
            int dropsInARow,
            @Nullable String finding) {}

    /** A shadow's trial; no evidence where pairs are counted. */
    public record Trial(
            int candidate,
            int champion,
            Pairs matching,
            int pairs,
            int candidateRight,
            double championRight,
            @Nullable Experiment evidence) {}

    /** What waits for its other half, in the order in which it will be forgotten. */
    public record Pairs(
            long maturityMillis,
            List<Answer> answers,
            List<Told> outcomes,
            int halvings,
            int unanswered,
            boolean heard) {}

    /** A version on live traffic and its control on the same requests. */
    public record PairedComparison(
            int version, int control, Pairs pairing, Tosses tosses, RolloutSnapshot.PairedProofs proofs, long pairs) {}

    /** An answer to a copy that waits for its label. */
    public record Answer(long timeMillis, long nonce, int label) {}

    /**
     * A label that waits for the answer to a copy, with the score of who was assigned the request.
     *
     * @param toss of its key in the experiment; -1 for none
     */
    public record Told(
            long timeMillis, long nonce, String truth, double score, long keyHash, long toss, boolean audited) {}

    /** A version beside its control, but for its wealth, which is the version's. */
    public record Experiment(
            int version, int control, boolean ladder, boolean suspended, RolloutSnapshot policy, Tosses tosses) {}

    /**
     * The keys of an experiment, tossed once and again.
     *
     * @param all of which labels may still count, oldest first
     * @param past what became of labels of the others
     * @param untossed labels of none
     */
    public record Tosses(long maturityMillis, List<Toss> all, MaturedUnits.Tally past, long untossed) {}

    /** Keys under one salt; of the audited ones only the labels that were asked for. */
    public record Toss(long number, String salt, MaturedUnits.Snapshot units, MaturedUnits.Snapshot audited) {}

    /**
     * What stands between a verdict and its deed.
     *
     * @param dry what would be done, by version
     * @param waiting promotion that an operator is asked for
     * @param approved version whose promotion was approved; 0 for none
     */
    public record Supervised(
            List<Supervision.Said> dry, Supervision.@Nullable Said waiting, int approved, Thresholds thresholds) {}

    /** The windows of the threshold rule and the versions that fell, by version. */
    public record Thresholds(int champion, int canary, List<Window> windows, List<ThresholdWatch.Fallen> fallen) {}

    /**
     * The newest scores of a version, oldest first.
     *
     * @param first sum of its first ones; NaN before there are as many
     */
    public record Window(int version, List<Double> scores, double sum, double first) {}

    /**
     * The vote of champion, canary and standby; what waits is in the order in which it will be forgotten.
     *
     * @param vote how right it is
     * @param members how right each was alone, by version
     * @param answers that wait for their label
     * @param truths that wait for answers
     */
    public record Ensemble(Counts vote, List<MemberCounts> members, List<MemberAnswer> answers, List<Truth> truths) {}

    /** How right one member was alone. */
    public record MemberCounts(int version, Counts counts) {}

    /** What one member answered by itself. */
    public record MemberAnswer(long timeMillis, long nonce, int version, int label) {}

    /** The truth of a request that was voted on, and how its key was tossed. */
    public record Truth(long timeMillis, long nonce, String truth, long keyHash, long epoch) {}
}
