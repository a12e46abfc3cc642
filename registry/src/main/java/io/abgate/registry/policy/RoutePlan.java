package io.abgate.registry.policy;

import io.abgate.registry.domain.Oversight;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns stages, routing mode and warmth into shares of live traffic. */
public final class RoutePlan {
    /** By how much a vote may be off before it is worth an epoch. */
    private static final double VOTE_TOLERANCE = 0.1;

    /** Shares are rounded to multiples of a power of two. */
    private static final double ROUNDING = 1e-9;

    private RoutePlan() {}

    /**
     * The table that ought to be in force, with epoch 0; empty while there is no champion.
     *
     * @param warm whether a version answers on some node; one that does not gets no share
     */
    public static Optional<RouteTable> of(ModelState state, Predicate<VersionState> warm) {
        return state.ofStage(Stage.CHAMPION).map(champion -> {
            Map<Integer, Double> shares = shares(state, champion, warm);
            Map<Integer, Double> votes = EnsembleVotes.of(state, warm);
            List<RoutedVersion> versions = new ArrayList<>();
            for (VersionState version : state.servable()) {
                double share = shares.getOrDefault(version.number(), 0.0);
                versions.add(new RoutedVersion(
                        version.number(),
                        version.stage(),
                        share,
                        version.facts().sha256(),
                        votes.getOrDefault(version.number(), 0.0)));
            }
            return new RouteTable(
                    state.settings().name(),
                    state.modelId(),
                    0,
                    state.mode(),
                    state.salt(),
                    versions,
                    state.nextVersion() - 1);
        });
    }

    private static Map<Integer, Double> shares(ModelState state, VersionState champion, Predicate<VersionState> warm) {
        Optional<VersionState> standby = state.ofStage(Stage.STANDBY).filter(warm);
        Optional<VersionState> canary = state.ofStage(Stage.CANARY).filter(warm);
        // a champion that is still being loaded leaves its traffic to the former one
        VersionState base = warm.test(champion) ? champion : standby.orElse(champion);
        if (state.mode() == RoutingMode.ADAPTIVE && warm.test(champion)) {
            return adaptive(state, champion, canary, standby);
        }
        double canaryShare = state.mode() == RoutingMode.CHAMPION || state.mode() == RoutingMode.ENSEMBLE
                ? 0
                : canary.map(VersionState::canaryShare).orElse(0.0);
        // the champion keeps as much as its control, whatever share a canary was left with
        double controlShare = base == champion ? Math.min(controlShare(state, standby), (1 - canaryShare) / 2) : 0;
        Map<Integer, Double> shares = new HashMap<>();
        standby.ifPresent(version -> shares.put(version.number(), controlShare));
        shares.put(base.number(), 1 - canaryShare - controlShare);
        canary.ifPresent(version -> shares.put(version.number(), canaryShare));
        return shares;
    }

    /** Of the former champion, beside the one whose guard runs. */
    private static double controlShare(ModelState state, Optional<VersionState> standby) {
        return standby.filter(version -> state.mode() == RoutingMode.SPLIT)
                .flatMap(version -> state.championGuard())
                .filter(guard -> !guard.isSuspended())
                .map(guard -> areSharesHeld(state)
                        ? held(state, guard)
                        : guard.policy().shares().ofControl())
                .orElse(0.0);
    }

    /** Whether evidence moves no share: in a dry run, while all is frozen, and while the split is broken. */
    public static boolean areSharesHeld(ModelState state) {
        return state.isFrozen()
                || state.supervision().oversight().mode() == Oversight.Mode.DRY_RUN
                || TrafficVerdicts.isSplitBroken(state);
    }

    /** What the control has; that of a champion whose accuracy did not fall, if it has got none beside this one yet. */
    private static double held(ModelState state, Experiment guard) {
        double whileSought = state.rollout().attribution().controlShare();
        return state.route()
                .flatMap(table -> table.version(guard.control()))
                .filter(inForce -> inForce.stage() == Stage.STANDBY && inForce.share() == whileSought)
                .map(RoutedVersion::share)
                .orElse(state.rollout().guard().controlShare());
    }

    private static Map<Integer, Double> adaptive(
            ModelState state, VersionState champion, Optional<VersionState> canary, Optional<VersionState> standby) {
        int[] arms = state.thompson().versions();
        double[] ideal = state.thompson().shares(Math.min(state.floor(), 1.0 / arms.length));
        Map<Integer, Double> shares = new HashMap<>();
        double given = 0;
        for (int i = 0; i < arms.length; i++) {
            int arm = arms[i];
            boolean warm = Stream.concat(canary.stream(), standby.stream()).anyMatch(v -> v.number() == arm);
            if (warm) {
                shares.put(arm, ideal[i]);
                given += ideal[i];
            }
        }
        // what an arm that is not warm would get is the champion's
        shares.put(champion.number(), 1 - given);
        return areAdaptiveSharesHeld(state) ? inForce(state, shares) : shares;
    }

    /** While frozen they move: who asks for adaptive shares has said how traffic is to be split. */
    private static boolean areAdaptiveSharesHeld(ModelState state) {
        return state.supervision().oversight().mode() == Oversight.Mode.DRY_RUN
                || TrafficVerdicts.holdOfShares(state).isPresent();
    }

    /** Those in force; the planned ones where other versions are to share the traffic, or in other stages. */
    private static Map<Integer, Double> inForce(ModelState state, Map<Integer, Double> planned) {
        return state.route()
                .filter(table -> table.mode() == RoutingMode.ADAPTIVE && !isOverCap(state, table))
                .map(table -> table.versions().stream()
                        .filter(version -> version.share() > 0)
                        .toList())
                .filter(sharing -> sharing.size() == planned.size()
                        && sharing.stream()
                                .allMatch(version -> planned.containsKey(version.version())
                                        && state.version(version.version()).stage() == version.stage()))
                .map(sharing ->
                        sharing.stream().collect(Collectors.toMap(RoutedVersion::version, RoutedVersion::share)))
                .orElse(planned);
    }

    /** Whether a canary has more of the traffic than it may have. */
    public static boolean isOverCap(ModelState state, RouteTable inForce) {
        return state.ofStage(Stage.CANARY)
                .filter(canary -> inForce.share(canary.number()) > canary.canaryShare() + ROUNDING)
                .isPresent();
    }

    /**
     * Whether two tables send traffic the same way, whatever their epochs.
     *
     * @param shareTolerance by how much a share may differ; one that is 0 in one table only is never the same
     */
    public static boolean same(RouteTable one, RouteTable other, double shareTolerance) {
        if (one.mode() != other.mode()
                || one.newest() != other.newest()
                || !one.salt().equals(other.salt())
                || one.versions().size() != other.versions().size()) {
            return false;
        }
        for (int i = 0; i < one.versions().size(); i++) {
            RoutedVersion a = one.versions().get(i);
            RoutedVersion b = other.versions().get(i);
            if (a.version() != b.version()
                    || a.stage() != b.stage()
                    || (a.share() == 0) != (b.share() == 0)
                    || Math.abs(a.share() - b.share()) > shareTolerance
                    || (a.vote() == 0) != (b.vote() == 0)
                    || Math.abs(a.vote() - b.vote()) > VOTE_TOLERANCE) {
                return false;
            }
        }
        return true;
    }
}
