package io.abgate.registry;

import io.abgate.registry.contract.RouteTables;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.keys.Seal;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.RoutePlan;
import io.abgate.registry.policy.RoutePublished;
import io.abgate.registry.policy.VersionState;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps the tables in force equal to what stages, mode and warmth call for, and tells the gateways. */
final class Routing {
    /** Adaptive shares that moved less than this are not worth an epoch. */
    private static final double SHARE_TOLERANCE = 0.01;

    private final Books books;
    private final Nodes nodes;
    private final Seal seal;
    private final Consumer<RouteTables> publish;

    Routing(Books books, Nodes nodes, Seal seal, Consumer<RouteTables> publish) {
        this.books = books;
        this.nodes = nodes;
        this.seal = seal;
        this.publish = publish;
    }

    /** Publishes a new table if one is called for. */
    void follow(ModelState state) {
        String model = state.settings().name();
        Optional<RouteTable> planned = RoutePlan.of(state, version -> isWarm(state, version));
        planned.filter(table -> isNews(state, table)).ifPresent(table -> {
            books.commit("registry", model, new RoutePublished(table));
            publish.accept(tables());
        });
    }

    /** Before a model node was heard nothing is known of warmth: what has traffic or a vote in force is taken for warm. */
    private boolean isWarm(ModelState state, VersionState version) {
        return nodes.hasHeardAModelNode()
                ? !nodes.hosting(state.settings().name(), version).isEmpty()
                : state.route()
                        .flatMap(inForce -> inForce.version(version.number()))
                        .filter(inForce -> inForce.share() > 0 || inForce.vote() > 0)
                        .isPresent();
    }

    /** Whether a version of this stage answers on some node, as far as is known. */
    boolean answers(ModelState state, Stage stage) {
        String model = state.settings().name();
        return state.ofStage(stage)
                .filter(version -> !nodes.hosting(model, version).isEmpty())
                .isPresent();
    }

    /** A table that is older than a restore is ignored by who knows one of the lost future. */
    private boolean isNews(ModelState state, RouteTable planned) {
        return state.route()
                .map(inForce -> inForce.epoch() < books.restoredSeq()
                        || !RoutePlan.same(inForce, planned, tolerance(state, inForce)))
                .orElse(true);
    }

    /** Fixed shares are what an operator said, to the last digit, and so is a canary's cap. */
    private static double tolerance(ModelState state, RouteTable inForce) {
        return state.mode() == RoutingMode.ADAPTIVE && !RoutePlan.isOverCap(state, inForce) ? SHARE_TOLERANCE : 0;
    }

    /** The tables in force, sealed. */
    RouteTables tables() {
        RouteTables open = new RouteTables(
                books.store().storeId(),
                books.states().stream().flatMap(state -> state.route().stream()).toList(),
                "");
        return open.sealed(seal.of(open.text()));
    }
}
