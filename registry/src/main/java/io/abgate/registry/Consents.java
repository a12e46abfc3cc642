package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.PromotionApproved;
import io.abgate.registry.policy.StageChanged;
import io.abgate.registry.policy.StageChanged.Kind;
import io.abgate.registry.policy.VersionState;

/** What operators say of a promotion that waits for them, and of a version that was taken back. */
final class Consents {
    private final Books books;

    Consents(Books books) {
        this.books = books;
    }

    /** Lets a promotion be carried out; refused as CONFLICT unless it waits and promotions are not paused. */
    void approve(Operation operation) {
        Parameters parameters = Parameters.of(operation, "version", "reason");
        ModelState state = books.state(operation.model());
        Parameters.check(parameters.has("version"), "version", "nothing", "the number of a version");
        VersionState version = Rollouts.version(state, parameters.whole("version", 0));
        boolean waits = state.supervision()
                .waiting()
                .filter(held -> held.version() == version.number())
                .isPresent();
        if (!waits) {
            throw Failure.CONFLICT.because(Check.message(
                    "version " + version.number(), version.stage(), "a version whose promotion waits for approval"));
        }
        if (state.isPaused()) {
            throw Failure.CONFLICT.because(
                    Check.message("version " + version.number(), "promotions are paused", "resume first"));
        }
        books.commit(operation, new PromotionApproved(version.number(), parameters.text("reason", Rollouts.BY_HAND)));
    }

    /** Makes a version that was taken back a candidate again; refused as CONFLICT when it was not, or is a drill's. */
    void release(Operation operation) {
        Parameters parameters = Parameters.of(operation, "reason");
        VersionState version = Rollouts.version(books.state(operation.model()), operation.number());
        if (version.stage() != Stage.QUARANTINED) {
            throw Failure.CONFLICT.because(Check.message(
                    "version " + version.number(), version.stage(), "a version that was taken back (QUARANTINED)"));
        }
        if (version.isDrill()) {
            throw Failure.CONFLICT.because(Check.message(
                    "version " + version.number(), "made worse on purpose, for a drill", "a version that may serve"));
        }
        String reason = parameters.text("reason", Rollouts.BY_HAND);
        books.commit(operation, StageChanged.of(Kind.RELEASED, version.number(), Stage.CANDIDATE, reason));
    }
}
