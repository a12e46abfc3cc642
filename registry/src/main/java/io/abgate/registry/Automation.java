package io.abgate.registry;

import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.Decisions;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.RetrainingHeld;
import io.abgate.registry.policy.StageChanged;
import io.abgate.registry.policy.StageChanged.Kind;
import io.abgate.registry.policy.Verdict;
import io.abgate.registry.policy.VersionState;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Does what the policy says, until it says nothing more. */
final class Automation {
    private static final String REGISTRY = "registry";

    private final Books books;
    private final Jobs jobs;
    private final Buffers buffers;
    private final Routing routing;
    private final InstantSource clock;
    private final Set<String> lacking = new HashSet<>();

    Automation(Books books, Jobs jobs, Buffers buffers, Routing routing, InstantSource clock) {
        this.books = books;
        this.jobs = jobs;
        this.buffers = buffers;
        this.routing = routing;
        this.clock = clock;
    }

    /** Rows are counted again for those that had too few: not after every label, as it takes a query. */
    void tick() {
        lacking.clear();
    }

    /** Carries out every verdict that is due for a model, then lets the shares follow. */
    void settle(ModelState state) {
        Optional<Verdict> verdict = next(state);
        while (verdict.isPresent() && carryOut(state, verdict.get())) {
            verdict = next(state);
        }
        routing.follow(state);
    }

    private Optional<Verdict> next(ModelState state) {
        List<Change> notes = Decisions.notes(state);
        if (!notes.isEmpty()) {
            books.commit(REGISTRY, state.settings().name(), transaction -> notes);
        }
        return Decisions.next(state, clock.instant(), routing.answers(state, Stage.STANDBY));
    }

    /** Whether anything changed, so that the policy is to be asked again. */
    private boolean carryOut(ModelState state, Verdict verdict) {
        String model = state.settings().name();
        return switch (verdict.kind()) {
            case PROMOTE -> {
                books.commit(
                        REGISTRY,
                        model,
                        Rollouts.promotion(state, verdict.version(), verdict.reason(), verdict.figures()));
                yield true;
            }
            case ROLL_BACK -> {
                books.commit(REGISTRY, model, takenBack(state, verdict));
                yield true;
            }
            case RETRAIN -> retrain(state, verdict);
            case HOLD -> {
                books.commit(REGISTRY, model, new RetrainingHeld(verdict.reason()));
                yield true;
            }
        };
    }

    private static StageChanged takenBack(ModelState state, Verdict verdict) {
        VersionState version = state.version(verdict.version());
        boolean seenByUsers = version.stage() != Stage.SHADOW;
        return new StageChanged(
                seenByUsers ? Kind.ROLLED_BACK : Kind.QUARANTINED,
                version.number(),
                stagesWithout(state, version),
                0,
                verdict.reason(),
                verdict.figures(),
                false);
    }

    private static Map<Integer, Stage> stagesWithout(ModelState state, VersionState version) {
        return version.stage() == Stage.CHAMPION
                ? Rollouts.replaced(state, version, state.ofStage(Stage.STANDBY).orElseThrow())
                : Map.of(version.number(), Stage.QUARANTINED);
    }

    private boolean retrain(ModelState state, Verdict verdict) {
        String model = state.settings().name();
        if (lacking.contains(model) || hasTooFewRows(state)) {
            lacking.add(model);
            return false;
        }
        jobs.retrain(state, verdict.reason());
        return true;
    }

    private boolean hasTooFewRows(ModelState state) {
        return buffers.figures(state).tooFew(state.settings().training().minimumSamples()) != null;
    }
}
