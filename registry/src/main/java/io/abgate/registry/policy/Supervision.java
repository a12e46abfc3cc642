package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.Oversight;
import io.abgate.registry.domain.Oversight.Mode;
import io.abgate.registry.domain.Restraint.Approval;
import io.abgate.registry.policy.Verdict.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What stands between a verdict and its deed: the threshold rule, a dry run, an operator who is asked. */
public final class Supervision {
    private final Oversight oversight;
    private final Map<Integer, Said> dry = new TreeMap<>();
    private ThresholdWatch thresholds;
    private @Nullable Said waiting;
    private int approved;

    /**
     * A verdict that is not carried out.
     *
     * @param kind PROMOTE or ROLL_BACK
     * @param reason one clause for a person
     */
    public record Said(Kind kind, int version, String reason) {}

    Supervision(Oversight oversight) {
        this.oversight = oversight;
        this.thresholds = new ThresholdWatch(oversight);
    }

    /** Versions moved: what was said of them is over. */
    void follow(Set<Integer> moved, int champion, int canary) {
        thresholds.follow(champion, canary);
        moved.forEach(this::lapsed);
    }

    void outcomes(List<Outcome> batch) {
        thresholds.outcomes(batch);
    }

    /** Labels of these versions were withdrawn: whatever was concluded is to be concluded again. */
    void withdraw(Set<Integer> affected) {
        thresholds.withdraw(affected);
        dry.clear();
        waiting = null;
        approved = 0;
    }

    void told(DryVerdict verdict) {
        dry.put(verdict.version(), new Said(verdict.kind(), verdict.version(), verdict.reason()));
    }

    void waits(PromotionHeld held) {
        waiting = new Said(Kind.PROMOTE, held.version(), held.reason());
        approved = 0;
    }

    void approved(int version) {
        waiting = null;
        approved = version;
    }

    void lapsed(int version) {
        dry.remove(version);
        waiting = waiting == null || waiting.version() == version ? null : waiting;
        approved = approved == version ? 0 : approved;
    }

    /** Whether a verdict may be carried out now. */
    boolean permits(Verdict verdict) {
        if (oversight.mode() == Mode.DRY_RUN) {
            return false;
        }
        return verdict.kind() != Kind.PROMOTE || !isAsked() || approved == verdict.version();
    }

    private boolean isAsked() {
        return oversight.approval() == Approval.MANUAL;
    }

    /**
     * What is to be written down of verdicts that are due and may not be carried out.
     *
     * @param paused nothing lapses then, as promotions are only put off
     */
    List<Change> notes(List<Verdict> due, boolean paused) {
        List<Change> notes = new ArrayList<>();
        for (Verdict verdict : due) {
            if (!permits(verdict)) {
                note(verdict).ifPresent(notes::add);
            }
        }
        if (!paused) {
            spokenOf().stream()
                    .filter(version -> due.stream().noneMatch(verdict -> verdict.version() == version))
                    .forEach(version -> notes.add(new VerdictLapsed(version)));
        }
        return List.copyOf(notes);
    }

    private Set<Integer> spokenOf() {
        Set<Integer> versions = new TreeSet<>(dry.keySet());
        if (waiting != null) {
            versions.add(waiting.version());
        }
        if (approved > 0) {
            versions.add(approved);
        }
        return versions;
    }

    private Optional<Change> note(Verdict verdict) {
        int version = verdict.version();
        if (oversight.mode() == Mode.DRY_RUN) {
            Said known = dry.get(version);
            return known != null && known.kind() == verdict.kind()
                    ? Optional.empty()
                    : Optional.of(new DryVerdict(verdict.kind(), version, verdict.reason(), verdict.figures()));
        }
        return waiting != null && waiting.version() == version
                ? Optional.empty()
                : Optional.of(new PromotionHeld(version, verdict.reason(), verdict.figures()));
    }

    /** What operators said of it. */
    public Oversight oversight() {
        return oversight;
    }

    /** What would be done, by version. */
    public List<Said> dry() {
        return List.copyOf(dry.values());
    }

    /** The promotion that waits for an operator. */
    public Optional<Said> waiting() {
        return Optional.ofNullable(waiting);
    }

    /** The windows of the threshold rule. */
    public ThresholdWatch thresholds() {
        return thresholds;
    }

    ModelSnapshot.Supervised snapshot() {
        return new ModelSnapshot.Supervised(dry(), waiting, approved, thresholds.snapshot());
    }

    static Supervision restored(Oversight oversight, ModelSnapshot.Supervised snapshot) {
        Supervision supervision = new Supervision(oversight);
        snapshot.dry().forEach(said -> supervision.dry.put(said.version(), said));
        supervision.waiting = snapshot.waiting();
        supervision.approved = snapshot.approved();
        supervision.thresholds = ThresholdWatch.restored(oversight, snapshot.thresholds());
        return supervision;
    }
}
