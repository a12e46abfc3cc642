package io.abgate.gateway.inference;

import io.abgate.gateway.routing.Detour;
import io.abgate.gateway.routing.InForce;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Refusal;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.ModelSettings.Pinning;
import io.abgate.registry.domain.Rendezvous;
import io.abgate.registry.domain.Route;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.RoutingMode;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gives requests to versions: by the shares of a route table and a key, or as the version in the URL says. */
final class Split {
    private Split() {}

    /** The version that the shares give to a key, while they hold; without a key every request is one of its own. */
    static Assignment live(InForce inForce, @Nullable String key) {
        RouteTable table = inForce.table();
        long keyHash = hash(inForce, key);
        Detour detour = inForce.detour();
        if (detour != null) {
            return new Assignment(table, inForce.stale(), detour.version(), detour.route(), keyHash, key != null, true);
        }
        RoutedVersion version = Rendezvous.pick(table, keyHash);
        return new Assignment(table, false, version, route(table, version), keyHash, key != null, false);
    }

    /**
     * The version in the URL, as far as the model's setting lets it decide.
     *
     * @throws io.abgate.registry.contract.Refusal when it may not, or is none that is served
     */
    static Assignment pinned(InForce inForce, String number, Pinning pinning, @Nullable String key) {
        RouteTable table = inForce.table();
        return switch (pinning) {
            case ROUTE -> live(inForce, key);
            case REFUSE ->
                throw Failure.CONFLICT.because(
                        Check.message("version", number, "none in the URL: the model's pinning setting is refuse"));
            case HONOUR ->
                new Assignment(
                        table,
                        inForce.stale(),
                        served(table, number),
                        Route.PINNED,
                        hash(inForce, key),
                        key != null,
                        true);
        };
    }

    /** The version of this number, if the table has it. */
    static RoutedVersion served(RouteTable table, String number) {
        return table.versions().stream()
                .filter(version -> Integer.toString(version.version()).equals(number))
                .findFirst()
                .orElseThrow(() -> notServed(table, number));
    }

    private static Refusal notServed(RouteTable table, String number) {
        List<Integer> numbers =
                table.versions().stream().map(RoutedVersion::version).toList();
        boolean exists = IntStream.rangeClosed(1, table.newest())
                .mapToObj(Integer::toString)
                .anyMatch(number::equals);
        return (exists ? Failure.CONFLICT : Failure.NOT_FOUND)
                .because(Check.message("version", number, "one that is served, of " + numbers));
    }

    private static long hash(InForce inForce, @Nullable String key) {
        return key == null ? ThreadLocalRandom.current().nextLong() : Rendezvous.keyHash(inForce.saltHash(), key);
    }

    private static Route route(RouteTable table, RoutedVersion version) {
        if (table.mode() == RoutingMode.ADAPTIVE) {
            return Route.ADAPTIVE;
        }
        if (table.mode() == RoutingMode.ENSEMBLE) {
            return Route.ENSEMBLE;
        }
        return switch (version.stage()) {
            case CHAMPION -> Route.CHAMPION;
            case CANARY -> Route.CANARY;
            case STANDBY -> Route.CONTROL;
            case SHADOW, CANDIDATE, REJECTED, QUARANTINED, RETIRED ->
                throw new IllegalStateException("a share of live traffic for " + version);
        };
    }
}
