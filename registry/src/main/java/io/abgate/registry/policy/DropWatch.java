package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings.Drop;
import org.jspecify.annotations.Nullable;

/**
 * The classic drop rules on tumbling windows of the champion's live labels. The first full window is the baseline; the
 * windows do not overlap, so several drops in a row are as many pieces of evidence. Drops are compared on whole sums:
 * a drop of exactly the limit asks for nothing.
 */
final class DropWatch {
    private final Drop rules;
    private double baseline = Double.NaN;
    private double sum;
    private int count;
    private int dropsInARow;
    private @Nullable String finding;

    DropWatch(Drop rules) {
        this.rules = rules;
    }

    /** The champion got one more score. */
    void score(double score) {
        if (rules.window() == 0) {
            return;
        }
        sum += score;
        count++;
        if (count == rules.window()) {
            close();
        }
    }

    private void close() {
        double window = sum;
        sum = 0;
        count = 0;
        if (Double.isNaN(baseline)) {
            baseline = window;
            return;
        }
        dropsInARow = exceeds(window, rules.repeated()) ? dropsInARow + 1 : 0;
        if (exceeds(window, rules.once())) {
            finding = words(window);
        } else if (dropsInARow >= rules.repeats()) {
            finding = words(window) + ", the " + dropsInARow + ". drop in a row";
        }
    }

    private boolean exceeds(double window, double limit) {
        return Fall.ofSums(baseline, window, rules.window()).exceeds(limit);
    }

    private String words(double window) {
        return "live accuracy fell from " + baseline + " to " + window + " right in " + rules.window() + " labels";
    }

    /** What the rules found since the last training was ordered, if anything. */
    @Nullable
    String finding() {
        return finding;
    }

    ModelSnapshot.Drops snapshot() {
        return new ModelSnapshot.Drops(baseline, sum, count, dropsInARow, finding);
    }

    static DropWatch restored(Drop rules, ModelSnapshot.Drops snapshot) {
        DropWatch watch = new DropWatch(rules);
        watch.baseline = snapshot.baseline();
        watch.sum = snapshot.sum();
        watch.count = snapshot.count();
        watch.dropsInARow = snapshot.dropsInARow();
        watch.finding = snapshot.finding();
        return watch;
    }

    /** A training was ordered: the same windows ask for no second one. */
    void trainingOrdered() {
        finding = null;
        dropsInARow = 0;
    }
}
