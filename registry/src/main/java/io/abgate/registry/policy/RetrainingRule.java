package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings.Monitor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * When a row of checks asks for a retraining: at once after a large drop, or after several smaller ones in a row. A
 * check that could not compare anything breaks the row.
 *
 * @param once a drop above this in the newest check asks for one
 * @param repeated drops above this in the newest {@code repeats} checks ask for one
 */
public record RetrainingRule(double once, double repeated, int repeats) {
    /** That of a model. */
    public static RetrainingRule of(Monitor monitor) {
        return new RetrainingRule(monitor.retrainOnce(), monitor.retrainRepeated(), monitor.retrainRepeats());
    }

    /** What is to be done, in words, given the drops so far, oldest first; empty when nothing is. */
    public Optional<String> asks(List<Optional<Fall>> drops) {
        if (drops.isEmpty()) {
            return Optional.empty();
        }
        Optional<Fall> newest = drops.get(drops.size() - 1);
        return newest.filter(drop -> drop.exceeds(once))
                .map(drop -> String.format(Locale.ROOT, "accuracy dropped by %.3f (limit %s)", drop.amount(), once))
                .or(() -> inARow(drops));
    }

    private Optional<String> inARow(List<Optional<Fall>> drops) {
        boolean all = drops.size() >= repeats
                && drops.subList(drops.size() - repeats, drops.size()).stream()
                        .allMatch(drop ->
                                drop.filter(fell -> fell.exceeds(repeated)).isPresent());
        return all
                ? Optional.of(String.format(
                        Locale.ROOT, "accuracy dropped by more than %s in %d checks in a row", repeated, repeats))
                : Optional.empty();
    }
}
