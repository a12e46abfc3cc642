package io.abgate.registry;

import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.Decisions;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.Receipt.Inputs;
import io.abgate.registry.policy.Receipt.Question;
import io.abgate.registry.policy.Receipts;
import io.abgate.registry.policy.RetrainingHeld;
import io.abgate.registry.policy.StageChanged;
import io.abgate.registry.policy.StageChanged.Kind;
import io.abgate.registry.policy.TimePassed;
import io.abgate.registry.policy.Verdict;
import io.abgate.registry.policy.VersionState;
import io.abgate.registry.store.Transaction;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Does what the policy says, until it says nothing more. */
final class Automation {
    private static final String REGISTRY = "registry";
    /** Labels that come let time go on too, and cost no event. */
    private static final long PATIENCE_MILLIS = 5_000;

    private final Books books;
    private final ReceiptWriter receipts;
    private final Jobs jobs;
    private final Buffers buffers;
    private final Routing routing;
    private final InstantSource clock;
    private final Set<String> lacking = new HashSet<>();

    Automation(Books books, Jobs jobs, Buffers buffers, Routing routing, InstantSource clock) {
        this.books = books;
        this.receipts = new ReceiptWriter(books);
        this.jobs = jobs;
        this.buffers = buffers;
        this.routing = routing;
        this.clock = clock;
    }

    /** Rows are counted again for those that had too few: not after every label, as it takes a query. */
    void tick() {
        lacking.clear();
    }

    /**
     * Lets labels that wait for their turn have it, when it is over and no other label has come to let time go on: a
     * decision does not wait for ever.
     */
    void passTime(ModelState state) {
        long now = clock.millis();
        state.dueMillis()
                .filter(due -> due < now - PATIENCE_MILLIS)
                .ifPresent(due -> books.commit(REGISTRY, state.settings().name(), new TimePassed(now)));
    }

    /** Carries out every verdict that is due for a model, then lets the shares follow. */
    void settle(ModelState state) {
        boolean goesOn = true;
        while (goesOn) {
            note(state);
            Inputs inputs = inputs(state, Question.NEXT);
            goesOn = Receipts.verdict(state, inputs)
                    .filter(verdict -> carryOut(state, verdict, inputs))
                    .isPresent();
        }
        receipts.standing(state, inputs(state, Question.STANDING));
        routing.follow(state);
    }

    /** Writes down the verdicts that nobody is to carry out now. */
    private void note(ModelState state) {
        List<Change> notes = Decisions.notes(state);
        if (!notes.isEmpty()) {
            books.commit(REGISTRY, state.settings().name(), transaction -> notes);
        }
    }

    private Inputs inputs(ModelState state, Question question) {
        return new Inputs(question, clock.millis(), routing.answers(state, Stage.STANDBY));
    }

    /** Whether anything changed, so that the policy is to be asked again. */
    private boolean carryOut(ModelState state, Verdict verdict, Inputs inputs) {
        if (verdict.kind() == Verdict.Kind.RETRAIN && hasTooFewRows(state)) {
            return false;
        }
        receipts.act(state, verdict, inputs, (transaction, receipt) -> change(state, verdict, transaction, receipt));
        return true;
    }

    private Change change(ModelState state, Verdict verdict, Transaction transaction, long receipt) {
        return switch (verdict.kind()) {
            case PROMOTE -> Rollouts.promotion(state, verdict).by(receipt);
            case ROLL_BACK -> takenBack(state, verdict).by(receipt);
            case RETRAIN -> jobs.retrain(state, verdict.reason(), transaction, receipt);
            case HOLD -> new RetrainingHeld(verdict.reason(), receipt);
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

    private boolean hasTooFewRows(ModelState state) {
        String model = state.settings().name();
        if (!lacking.contains(model)
                && buffers.figures(state).tooFew(state.settings().training().minimumSamples()) != null) {
            lacking.add(model);
        }
        return lacking.contains(model);
    }
}
