package io.abgate.registry.policy;

import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.DiscountedThompson;
import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.policy.labels.LabelSnapshot;
import io.abgate.registry.policy.rollout.MaturedUnits;
import io.abgate.registry.policy.rollout.RolloutSnapshot;
import io.abgate.registry.policy.rollout.StakedLife;
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
        RoutingMode mode,
        double floor,
        boolean paused,
        boolean frozen,
        long stageEpoch,
        @Nullable RouteTable route,
        List<Long> openJobs,
        List<Version> versions,
        Evidence evidence,
        Checks checks,
        Trainings retrainings,
        LabelSnapshot labels,
        @Nullable DrillBegan drill) {
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

    /**
     * What labels say of the versions.
     *
     * @param routes by epoch
     */
    public record Evidence(
            String salt,
            int champion,
            List<RouteTable> routes,
            DiscountedThompson.Snapshot thompson,
            Drops drops,
            @Nullable Trial trial,
            @Nullable Guard guard,
            @Nullable ChampionGuard championGuard,
            Totals totals) {}

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

    /** A shadow's trial; what waits is in the order in which it will be forgotten. */
    public record Trial(
            int candidate,
            int champion,
            List<Answer> answers,
            List<Told> outcomes,
            int pairs,
            int unanswered,
            boolean heard,
            int candidateRight,
            double championRight) {}

    /** A shadow's answer that waits for its label. */
    public record Answer(long timeMillis, long nonce, int label) {}

    /** A label that waits for the shadow's answer, with the champion's score. */
    public record Told(long timeMillis, long nonce, String truth, double score) {}

    /** A canary's guard, but for its wealth, which is the version's; keys in ascending order. */
    public record Guard(
            int canary, int champion, String salt, Counts canaryUnits, Counts championUnits, List<Long> seenKeys) {}

    /** A champion's guard, but for its wealth, which is the version's. */
    public record ChampionGuard(
            int version,
            int control,
            String salt,
            boolean suspended,
            RolloutSnapshot policy,
            MaturedUnits.Snapshot units) {}
}
