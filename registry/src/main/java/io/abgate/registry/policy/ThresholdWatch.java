package io.abgate.registry.policy;

import io.abgate.registry.domain.Outcome;
import io.abgate.registry.domain.Oversight;
import io.abgate.registry.domain.Oversight.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The threshold rule on live accuracy: a canary whose newest labels are less accurate by the drop than as many newest
 * ones of the champion, or a champion whose newest are less accurate by it than its first ones were, is to be taken back.
 * It is looked at after every label, so that its chance of a false rollback grows with their number and has no bound;
 * where the world falls, so does the champion. What was found stays found until one of the two versions moves or labels
 * are withdrawn.
 */
public final class ThresholdWatch {
    private final boolean on;
    private final Threshold rule;
    private final Map<Integer, Window> windows = new TreeMap<>();
    private final Map<Integer, Fallen> fallen = new TreeMap<>();
    private int champion;
    private int canary;

    /**
     * A version that fell.
     *
     * @param against the champion, or the version itself where its own first labels are what it fell from
     * @param accuracy over its newest labels
     * @param before what that is less than
     */
    public record Fallen(int version, int against, double accuracy, double before) {}

    ThresholdWatch(Oversight oversight) {
        this.on = oversight.decisions().byThreshold();
        this.rule = oversight.threshold();
    }

    /** Stages changed; a version is watched anew in another stage. */
    void follow(int championNow, int canaryNow) {
        if (championNow != champion) {
            windows.clear();
            fallen.clear();
        }
        if (canaryNow != canary) {
            windows.remove(canary);
            fallen.remove(canary);
        }
        champion = championNow;
        canary = canaryNow;
    }

    void outcomes(List<Outcome> batch) {
        for (Outcome outcome : batch) {
            int version = outcome.id().assigned();
            if (on && outcome.isEvidence() && version > 0 && (version == champion || version == canary)) {
                windows.computeIfAbsent(version, unseen -> new Window(rule.labels()))
                        .add(outcome.assignedScore());
                lookAtCanary();
                lookAtChampion();
            }
        }
    }

    private void lookAtCanary() {
        Window one = windows.get(canary);
        Window other = windows.get(champion);
        if (one != null && other != null && one.isFull() && other.isFull() && fell(other.sum(), one.sum())) {
            fallen.putIfAbsent(canary, new Fallen(canary, champion, one.accuracy(), other.accuracy()));
        }
    }

    private void lookAtChampion() {
        Window own = windows.get(champion);
        if (own != null && own.isFull() && fell(own.first(), own.sum())) {
            double before = own.first() / rule.labels();
            fallen.putIfAbsent(champion, new Fallen(champion, champion, own.accuracy(), before));
        }
    }

    private boolean fell(double before, double now) {
        return Fall.ofSums(before, now, rule.labels()).reaches(rule.drop());
    }

    /** Labels of these versions were withdrawn. */
    void withdraw(Set<Integer> affected) {
        windows.keySet().removeAll(affected);
        if (affected.contains(champion)) {
            fallen.clear();
        }
        fallen.keySet().removeAll(affected);
    }

    /** Versions that fell, by number. */
    public List<Fallen> fallen() {
        return List.copyOf(fallen.values());
    }

    /** Labels in a watched version's window, at most as many as the rule looks at. */
    public int labels(int version) {
        return Optional.ofNullable(windows.get(version)).map(Window::size).orElse(0);
    }

    /** Whether nothing speaks against this canary: it and the champion have as many labels as it takes, and it has not fallen. */
    boolean isContentWith(int version) {
        boolean full = labels(version) == rule.labels() && labels(champion) == rule.labels();
        return full && !fallen.containsKey(version);
    }

    /** One clause for a person. */
    String says(Fallen one) {
        return String.format(
                Locale.ROOT,
                "%.3f right of its newest %d labels against %.3f of %s; a fall by %s is enough for the threshold"
                        + " rule, which has no stated error rate",
                one.accuracy(),
                rule.labels(),
                one.before(),
                one.against() == one.version()
                        ? "its first " + rule.labels()
                        : "as many newest of champion " + one.against(),
                rule.drop());
    }

    ModelSnapshot.Thresholds snapshot() {
        List<ModelSnapshot.Window> copies = new ArrayList<>();
        windows.forEach((version, window) -> copies.add(window.snapshot(version)));
        return new ModelSnapshot.Thresholds(champion, canary, copies, fallen());
    }

    static ThresholdWatch restored(Oversight oversight, ModelSnapshot.Thresholds snapshot) {
        ThresholdWatch watch = new ThresholdWatch(oversight);
        watch.champion = snapshot.champion();
        watch.canary = snapshot.canary();
        for (ModelSnapshot.Window window : snapshot.windows()) {
            watch.windows.put(window.version(), Window.restored(watch.rule.labels(), window));
        }
        snapshot.fallen().forEach(one -> watch.fallen.put(one.version(), one));
        return watch;
    }
}
