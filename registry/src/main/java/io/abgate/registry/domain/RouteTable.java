package io.abgate.registry.domain;

import java.util.List;
import java.util.Optional;

/**
 * Who gets which share of a model's live traffic: an immutable snapshot with an epoch.
 *
 * @param model name of the model
 * @param modelId number of the model in prediction ids
 * @param epoch sequence number of the event that made this table; a larger one is newer
 * @param mode how the shares came about
 * @param salt of the running experiment: what the hash of a routing key is mixed with
 * @param versions every servable version, by number; shares sum to 1
 * @param newest number of the newest version, servable or not: those from 1 to it exist
 */
public record RouteTable(
        String model,
        int modelId,
        long epoch,
        RoutingMode mode,
        String salt,
        List<RoutedVersion> versions,
        int newest) {
    private static final double SHARE_TOLERANCE = 1e-9;

    public RouteTable {
        versions = List.copyOf(versions);
        double sum = versions.stream().mapToDouble(RoutedVersion::share).sum();
        Check.that(Math.abs(sum - 1) < SHARE_TOLERANCE, "shares", sum, "a sum of 1");
    }

    /** The champion. */
    public RoutedVersion champion() {
        return ofStage(Stage.CHAMPION).orElseThrow(() -> new IllegalStateException("no champion in " + this));
    }

    /** The first version of a stage, if there is one. */
    public Optional<RoutedVersion> ofStage(Stage stage) {
        return versions.stream().filter(v -> v.stage() == stage).findFirst();
    }

    /** The version of this number, if it is servable. */
    public Optional<RoutedVersion> version(int number) {
        for (RoutedVersion version : versions) { // asked for each labelled row
            if (version.version() == number) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** Whether a version of this number exists, servable or not. */
    public boolean exists(int number) {
        return number >= 1 && number <= newest;
    }

    /** Share of live traffic of a version, 0 when it has none. */
    public double share(int number) {
        return version(number).map(RoutedVersion::share).orElse(0.0);
    }
}
