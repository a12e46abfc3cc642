package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.evidence.Counts;
import io.abgate.registry.evidence.LifeLedger;
import io.abgate.registry.evidence.ModelXInferiority;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks after every label whether the canary is less accurate than the champion beside it. One unit is one hashed key of
 * the experiment: only its first labelled request counts, the rows of one request as their mean, and the assigned
 * version answers for it (intention to treat).
 */
public final class CanaryGuard {
    private final int canary;
    private final int champion;
    private final String salt;
    private final LifeLedger life;
    private final ModelXInferiority inferiority;
    private final Set<Long> seenKeys = new HashSet<>();

    private record Request(long keyHash, long timeMillis, int assigned, long epoch) {}

    CanaryGuard(int canary, int champion, String salt, LifeLedger life) {
        this(canary, champion, salt, life, new ModelXInferiority());
    }

    private CanaryGuard(int canary, int champion, String salt, LifeLedger life, ModelXInferiority inferiority) {
        this.canary = canary;
        this.champion = champion;
        this.salt = salt;
        this.life = life;
        this.inferiority = inferiority;
    }

    /** Labels were committed together; {@code routes} tells the table of each epoch, null when it is unknown. */
    void outcomes(List<Outcome> batch, RouteLookup routes) {
        Map<Request, Counts> requests = new LinkedHashMap<>();
        for (Outcome outcome : batch) {
            if (outcome.isEvidence()) {
                requests.merge(
                        request(outcome),
                        Counts.NONE.plus(outcome.assignedScore()),
                        (sum, one) -> sum.plus(outcome.assignedScore()));
            }
        }
        requests.forEach((request, rows) -> unit(request, rows.accuracy(), routes.at(request.epoch())));
    }

    private static Request request(Outcome outcome) {
        return new Request(
                outcome.id().keyHash(),
                outcome.id().timeMillis(),
                outcome.id().assigned(),
                outcome.id().epoch());
    }

    private void unit(Request request, double score, @Nullable RouteTable table) {
        if (table == null || !table.salt().equals(salt) || !isFirstToss(request, table)) {
            return;
        }
        boolean toCanary = request.assigned() == canary;
        double shareOfPair = table.share(canary) + table.share(champion);
        double propensity = shareOfPair == 0 ? 0 : table.share(canary) / shareOfPair;
        if (propensity > 0 && propensity < 1 && (toCanary || request.assigned() == champion)) {
            life.multiply(inferiority.factor(toCanary, propensity, score));
        }
    }

    /**
     * Whether this label is the first that tells something of its key's hash. A key that went to a third arm has told it
     * too: where it goes after that is no longer the toss that the shares describe.
     */
    private boolean isFirstToss(Request request, RouteTable table) {
        double share = table.share(request.assigned());
        return share > 0 && share < 1 && seenKeys.add(request.keyHash());
    }

    /** Whether it is these two that are compared. */
    boolean compares(int version, int control) {
        return canary == version && champion == control;
    }

    /** Whether one of the two is among these versions. */
    boolean concerns(Set<Integer> versions) {
        return versions.contains(canary) || versions.contains(champion);
    }

    ModelSnapshot.Guard snapshot() {
        return new ModelSnapshot.Guard(
                canary,
                champion,
                salt,
                canaryUnits(),
                championUnits(),
                seenKeys.stream().sorted().toList());
    }

    static CanaryGuard restored(ModelSnapshot.Guard snapshot, LifeLedger life) {
        CanaryGuard guard = new CanaryGuard(
                snapshot.canary(),
                snapshot.champion(),
                snapshot.salt(),
                life,
                ModelXInferiority.restored(snapshot.canaryUnits(), snapshot.championUnits()));
        guard.seenKeys.addAll(snapshot.seenKeys());
        return guard;
    }

    /** The canary's version. */
    public int canary() {
        return canary;
    }

    /** What the canary is compared with. */
    public int champion() {
        return champion;
    }

    /** Units that the canary was assigned. */
    public Counts canaryUnits() {
        return inferiority.countsOfNew();
    }

    /** Units that the champion was assigned. */
    public Counts championUnits() {
        return inferiority.countsOfControl();
    }
}
