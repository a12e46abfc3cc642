package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.Check;
import io.abgate.registry.policy.JobEnded;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.store.JobRow;
import io.abgate.registry.store.JobRow.State;
import io.abgate.registry.store.Transaction;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;

/** What operators say of a training that waits for them. */
final class Approvals {
    private static final String BY_HAND = "the operator decided so";

    private final Books books;
    private final Jobs jobs;
    private final InstantSource clock;

    Approvals(Books books, Jobs jobs, InstantSource clock) {
        this.books = books;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Lets it be trained; refused as CONFLICT unless it waits. */
    JobRow approve(Operation operation) {
        Parameters.of(operation);
        JobRow row = waiting(operation);
        jobs.approve(row, books.state(row.model()), operation.actor(), done -> keep(done, operation));
        return row;
    }

    /** Ends it untrained; refused as CONFLICT unless it waits. */
    JobRow drop(Operation operation) {
        Parameters parameters = Parameters.of(operation, "reason");
        JobRow row = waiting(operation);
        String says = "dropped by an operator before it was trained: " + parameters.text("reason", BY_HAND);
        JobSpec spec = JobBody.of(row).spec();
        JobResult result = new JobResult(null, says, 0, 0, null, null, null, null, List.of(), null);
        books.commit(operation.actor(), row.model(), transaction -> {
            transaction.job(row.id(), State.REJECTED, Changes.json(new JobBody(spec, result)));
            keep(transaction, operation);
            return List.of(new JobEnded(row.id(), State.REJECTED.name(), null, says, clock.millis()));
        });
        return row;
    }

    private JobRow waiting(Operation operation) {
        long number = operation.number();
        JobRow row = books.store()
                .job(number)
                .orElseThrow(() -> Failure.NOT_FOUND.because(Check.message("job", number, "the number of a job")));
        ModelState state = books.state(row.model());
        boolean waits = state.retrainings().waiting().stream().anyMatch(job -> job == number);
        if (!waits) {
            throw Failure.CONFLICT.because(
                    Check.message("job " + number, row.state(), "a job that waits for approval"));
        }
        return row;
    }

    private static void keep(Transaction transaction, Operation operation) {
        Idempotency.keep(
                transaction,
                operation,
                200,
                new JsonObject().put("id", operation.number()).encode());
    }
}
