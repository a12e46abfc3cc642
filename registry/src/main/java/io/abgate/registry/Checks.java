package io.abgate.registry;

import io.abgate.registry.contract.Answer;
import io.abgate.registry.contract.Artifact;
import io.abgate.registry.contract.CheckOrder;
import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.Alerting;
import io.abgate.registry.policy.BaselineTaken;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.Degradation;
import io.abgate.registry.policy.Degradation.Finding;
import io.abgate.registry.policy.Fall;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.RetrainingRule;
import io.abgate.registry.policy.VersionChecked;
import io.abgate.registry.policy.VersionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has champions measured on their evaluation rows, from time to time and when an operator asks, and holds what comes of
 * it against their baselines. Only the checks that come by themselves count for a retraining. On the writer thread.
 */
final class Checks {
    private static final Logger LOG = LoggerFactory.getLogger(Checks.class);
    private static final String REGISTRY = "registry";

    private final Books books;
    private final Jobs jobs;
    private final Time time;
    private final MonitorBoard board;
    private final Map<String, CheckSchedule> schedules = new HashMap<>();

    Checks(Books books, Jobs jobs, Time time, MonitorBoard board) {
        this.books = books;
        this.jobs = jobs;
        this.time = time;
        this.board = board;
    }

    /**
     * A version that is to be measured.
     *
     * @param operation that asks for it; absent for one that comes by itself
     */
    record Plan(
            String model,
            int version,
            String sha256,
            CheckOrder order,
            @Nullable Operation operation) {}

    /** What an operator asks for; refused as CONFLICT without a champion or evaluation rows. */
    Plan plan(Operation operation) {
        Parameters.of(operation);
        ModelState state = books.state(operation.model());
        List<Example> rows = jobs.evaluation(operation.model());
        if (rows.isEmpty()) {
            throw Failure.CONFLICT.because("check: the model has no evaluation rows (expected: data.evaluation)");
        }
        VersionState champion = state.ofStage(Stage.CHAMPION)
                .orElseThrow(() -> Failure.CONFLICT.because("check: the model has no champion yet"));
        return plan(state, champion, rows, operation);
    }

    private Plan plan(ModelState state, VersionState champion, List<Example> rows, @Nullable Operation operation) {
        return new Plan(
                state.settings().name(),
                champion.number(),
                champion.facts().sha256(),
                new CheckOrder(new Artifact(jobs.artifact(champion)), rows),
                operation);
    }

    /** The check that is due for a model, unless one is under way; {@link #over} is to be called when it has ended. */
    Optional<Plan> due(ModelState state) {
        String model = state.settings().name();
        List<Example> rows = jobs.evaluation(model);
        Optional<VersionState> champion = state.ofStage(Stage.CHAMPION);
        if (rows.isEmpty() || champion.isEmpty()) {
            return Optional.empty();
        }
        return schedule(state).begins(time.nanoClock().getAsLong())
                ? Optional.of(plan(state, champion.get(), rows, null))
                : Optional.empty();
    }

    private CheckSchedule schedule(ModelState state) {
        return schedules.computeIfAbsent(
                state.settings().name(),
                model -> new CheckSchedule(
                        state.settings().monitor().everySeconds(),
                        time.nanoClock().getAsLong()));
    }

    /**
     * A check that came by itself has ended.
     *
     * @param failure why nothing came of it; absent when something did
     */
    void over(Plan plan, @Nullable Throwable failure) {
        CheckSchedule schedule = schedule(books.state(plan.model));
        boolean isUnattended = failure != null && Failure.of(failure) == Failure.UNAVAILABLE;
        if (isUnattended && schedule.isTriedAgain(time.nanoClock().getAsLong())) {
            return;
        }
        if (!isUnattended) {
            schedule.over();
        }
        boolean isOutdated = failure != null && Failure.of(failure) == Failure.CONFLICT; // there is another champion
        String trouble = failure == null || isOutdated ? "" : String.valueOf(failure.getMessage());
        if (schedule.isNewTrouble(trouble)) {
            LOG.warn("{} is not checked: {}", plan.model, trouble);
        }
    }

    /** Keeps what a check found, as far as it is news or was asked for, and tells all of it. */
    Answer ended(Plan plan, Measurement now) {
        ModelState state = books.state(plan.model);
        if (state.ofStage(Stage.CHAMPION)
                .filter(champion -> champion.number() == plan.version)
                .isEmpty()) {
            throw Failure.CONFLICT.because("check: version " + plan.version + " is no longer the champion");
        }
        takeBaseline(state, plan, now);
        Optional<Measurement> baseline = state.monitoring().baseline().map(BaselineTaken::measurement);
        Optional<Fall> fall = baseline.map(before -> Fall.between(before.score(), now.score()));
        List<Finding> findings = Degradation.of(
                fall.orElseGet(() -> Fall.between(now.score(), now.score())), // against itself: absolute limits only
                baseline.orElse(now),
                now,
                state.settings().monitor().alerts());
        String asks = asks(state, plan, fall);
        board.checked(plan.model, baseline.orElse(null), now);
        keep(state, plan, new VersionChecked(plan.version, now, findings, asks), fall);
        return new Answer(
                200,
                CheckText.report(plan, state.version(plan.version), now, baseline.orElse(null), findings, asks)
                        .encode());
    }

    private void takeBaseline(ModelState state, Plan plan, Measurement now) {
        int labels = state.version(plan.version).facts().labels().size();
        if (state.monitoring().baseline().isEmpty() && BaselineTaken.isUsable(now, labels)) {
            books.commit(REGISTRY, plan.model, new BaselineTaken(plan.version, now));
        }
    }

    private @Nullable String asks(ModelState state, Plan plan, Optional<Fall> fall) {
        if (plan.operation != null) {
            return state.monitoring().asks().orElse(null);
        }
        RetrainingRule rule = RetrainingRule.of(state.settings().monitor());
        CheckSchedule schedule = schedule(state);
        schedule.found(plan.version, fall, time.nanoClock().getAsLong(), rule.repeats());
        return rule.asks(schedule.fresh()).orElse(null);
    }

    private void keep(ModelState state, Plan plan, VersionChecked check, Optional<Fall> fall) {
        long nowMillis = time.wall().millis();
        List<Change> alerts = plan.operation != null
                ? Alerting.checked(state, check.findings(), nowMillis)
                : Alerting.checked(state, check.findings(), fall, Optional.ofNullable(check.asks()), nowMillis);
        boolean isNews = !alerts.isEmpty()
                || !Objects.equals(check.asks(), state.monitoring().asks().orElse(null));
        if (isNews || plan.operation != null) {
            List<Change> changes = new ArrayList<>(List.of(check));
            changes.addAll(alerts);
            String actor = plan.operation == null ? REGISTRY : plan.operation.actor();
            books.commit(actor, plan.model, transaction -> changes);
        }
    }
}
