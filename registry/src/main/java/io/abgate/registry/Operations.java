package io.abgate.registry;

import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Inspection;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.store.AnsweredOperation;
import io.abgate.registry.store.JobRow;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does what operators ask for, each with a key at most once. On the writer thread, but for {@link #ended}. */
final class Operations {
    private final Books books;
    private final Jobs jobs;
    private final Reports reports;
    private final JobReports jobReports;
    private final TrainingReports trainingReports;
    private final Approvals approvals;
    private final Rollouts rollouts;
    private final Consents consents;
    private final Trainings trainings;
    private final Withdrawals withdrawals;
    private final Registrations registrations;
    private final Overrides overrides;
    private final Drills drills;
    private final Idempotency idempotency;
    private final Consumer<String> settle;

    /**
     * Operations on these books.
     *
     * @param settle does what follows for a model; called when the operation is committed, and throws nothing
     */
    Operations(
            Books books,
            Jobs jobs,
            Reports reports,
            JobReports jobReports,
            TrainingReports trainingReports,
            Approvals approvals,
            Rollouts rollouts,
            Overrides overrides,
            Registrations registrations,
            Drills drills,
            Consumer<String> settle) {
        this.books = books;
        this.jobs = jobs;
        this.reports = reports;
        this.jobReports = jobReports;
        this.trainingReports = trainingReports;
        this.approvals = approvals;
        this.rollouts = rollouts;
        this.consents = new Consents(books);
        this.trainings = new Trainings(books, jobs);
        this.withdrawals = new Withdrawals(books);
        this.registrations = registrations;
        this.overrides = overrides;
        this.drills = drills;
        this.idempotency = new Idempotency(books);
        this.settle = settle;
    }

    Answer operate(Operation operation) {
        String model = operation.model();
        return switch (operation.kind()) {
            case MODELS -> ok(reports.models());
            case MODEL -> ok(reports.model(model));
            case VERSIONS -> ok(reports.versions(model));
            case VERSION -> ok(reports.version(model, operation.number()));
            case ARTIFACT -> artifact(model, operation.number());
            case BUFFER -> ok(trainingReports.buffer(model));
            case JOB -> ok(jobReports.job(operation.number()));
            case APPROVE -> once(operation, () -> decided(operation, approvals.approve(operation)));
            case DROP -> once(operation, () -> decided(operation, approvals.drop(operation)));
            case PROMOTE -> changed(operation, () -> rollouts.promote(operation));
            case ROLLBACK -> changed(operation, () -> rollouts.rollback(operation));
            case APPROVE_PROMOTION -> changed(operation, () -> consents.approve(operation));
            case RELEASE -> changed(operation, () -> consents.release(operation));
            case ABORT -> changed(operation, () -> rollouts.abort(operation));
            case PAUSE -> changed(operation, () -> rollouts.automation(operation, true));
            case RESUME -> changed(operation, () -> rollouts.automation(operation, false));
            case ROUTING -> changed(operation, () -> rollouts.routing(operation));
            case OVERRIDE -> changed(operation, () -> overrides.reported(operation));
            case RETRAIN -> once(operation, () -> retrain(operation));
            case DRILL -> changed(operation, () -> drills.end(operation));
            case REGISTER, SUITES, CHECK, EVENTS, HISTORY, ASSIGNMENT, PREDICTION, AUDIT, VERIFY, RECEIPT, REPLAY ->
                throw new IllegalStateException(operation.kind() + " is not done by the writer alone");
            case VOID -> once(operation, () -> withdraw(operation));
        };
    }

    private Answer artifact(String model, long number) {
        byte[] bytes = jobs.artifact(reports.find(books.state(model), number));
        return new Answer(200, new String(bytes, StandardCharsets.UTF_8));
    }

    private Answer changed(Operation operation, Runnable change) {
        return once(operation, () -> {
            change.run();
            settle.accept(operation.model());
            return ok(reports.model(operation.model()));
        });
    }

    private Answer once(Operation operation, Supplier<Answer> work) {
        return idempotency
                .answered(operation)
                .map(known -> again(operation, known))
                .orElseGet(work);
    }

    private Answer again(Operation operation, AnsweredOperation known) {
        if (known.body().isEmpty()) {
            return new Answer(known.status(), reports.model(operation.model()).encode());
        }
        switch (operation.kind()) {
            case RETRAIN, APPROVE, DROP -> {
                long job = new JsonObject(known.body()).getLong("id");
                return new Answer(known.status(), jobReports.job(job).encode());
            }
            case VOID -> {
                return withdrawn(operation, new JsonObject(known.body()).getLong(Withdrawals.WITHDRAWN));
            }
            default -> {
                return new Answer(known.status(), known.body());
            }
        }
    }

    private Answer withdraw(Operation operation) {
        long labels = withdrawals.withdraw(operation);
        settle.accept(operation.model());
        return withdrawn(operation, labels);
    }

    private Answer withdrawn(Operation operation, long labels) {
        return ok(reports.model(operation.model()).put(Withdrawals.WITHDRAWN, labels));
    }

    private Answer retrain(Operation operation) {
        long job = trainings.retrain(operation).id();
        settle.accept(operation.model());
        return new Answer(202, jobReports.job(job).encode());
    }

    private Answer decided(Operation operation, JobRow row) {
        settle.accept(row.model());
        return ok(jobReports.job(operation.number()));
    }

    /** Begins what takes a while; gives the answer when there is one already. */
    Optional<Answer> begin(Operation operation) {
        registrations.checkModel(operation.model());
        Optional<Answer> known = idempotency.answered(operation).map(answer -> again(operation, answer));
        if (known.isEmpty()) {
            idempotency.begun(operation);
        }
        return known;
    }

    /** Stores what was inspected; the gateways learn that the version exists. */
    Answer register(Operation operation, Inspection inspected) {
        Registrations.Registered registered = registrations.register(operation, inspected);
        JsonObject body = new JsonObject().put("version", registered.version());
        if (!registered.isNew()) {
            return idempotency.keepAlone(operation, 200, body);
        }
        settle.accept(operation.model());
        return new Answer(201, body.encode());
    }

    /** What was begun has come to its end, whatever it was. Safe for all threads. */
    void ended(Operation operation) {
        idempotency.ended(operation);
    }

    private static Answer ok(JsonObject body) {
        return new Answer(200, body.encode());
    }
}
