package io.abgate.registry;

import io.abgate.registry.contract.Inspection;
import io.abgate.registry.contract.JobOutcome;
import io.abgate.registry.domain.Evaluation;
import io.abgate.registry.domain.ModelSettings.Promotion;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.SuiteSummary;
import io.abgate.registry.policy.Alerting;
import io.abgate.registry.policy.Change;
import io.abgate.registry.policy.JobEnded;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.OfflineGate;
import io.abgate.registry.policy.ShadowTrial;
import io.abgate.registry.policy.StageChanged;
import io.abgate.registry.policy.StageChanged.Kind;
import io.abgate.registry.policy.VersionRegistered;
import io.abgate.registry.policy.VersionState;
import io.abgate.registry.store.JobRow;
import io.abgate.registry.store.JobRow.State;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges what a worker made of a job, and commits the version, its stage and the job's end together. */
final class Judge {
    private final Books books;
    private final InstantSource clock;

    Judge(Books books, InstantSource clock) {
        this.books = books;
        this.clock = clock;
    }

    /** How a job ends: its state, the stage change of its version if any, and a clause for a person. */
    private record Ending(State state, Optional<StageChanged> stage, String says) {}

    /** Takes an outcome; one of a job that has ended already changes nothing. */
    void outcome(JobOutcome outcome) {
        Optional<JobRow> open =
                books.store().job(outcome.job()).filter(row -> !row.state().isEnded());
        open.ifPresent(row -> {
            Inspection trained = outcome.trained();
            if (trained == null) {
                withoutVersion(row, outcome);
            } else {
                withVersion(row, outcome, trained);
            }
        });
    }

    /** Ends a job whose outcome cannot be judged. */
    void senseless(JobOutcome outcome, String says) {
        books.store()
                .job(outcome.job())
                .filter(row -> !row.state().isEnded())
                .ifPresent(row -> endWithout(row, outcome, State.FAILED, says));
    }

    private void withoutVersion(JobRow row, JobOutcome outcome) {
        String says = Objects.requireNonNullElse(outcome.failure(), "the worker gave no reason");
        // training that ran and went wrong is a rejected candidate; training that could not run is a failure
        endWithout(row, outcome, outcome.usedRows() > 0 ? State.REJECTED : State.FAILED, says);
    }

    private void endWithout(JobRow row, JobOutcome outcome, State state, String says) {
        books.commit("registry", row.model(), transaction -> {
            transaction.job(row.id(), state, body(row, outcome, null, says, List.of()));
            return ended(row, new JobEnded(row.id(), state.name(), null, says, clock.millis()));
        });
    }

    private void withVersion(JobRow row, JobOutcome outcome, Inspection trained) {
        JobSpec spec = JobBody.of(row).spec();
        ModelState state = books.state(row.model());
        Optional<VersionState> known = state.findBySha(trained.sha256());
        if (known.isPresent()) {
            sameAgain(row, outcome, known.get());
            return;
        }
        int number = state.nextVersion();
        List<OfflineGate.Finding> gates = gates(outcome, state);
        Ending ending = ending(state, spec, number, outcome, gates);
        books.commit("registry", row.model(), transaction -> {
            transaction.artifact(trained.sha256(), trained.bytes());
            transaction.job(row.id(), ending.state, body(row, outcome, number, ending.says, gates));
            List<Change> changes = new ArrayList<>();
            changes.add(registered(row, spec, outcome, trained, number));
            ending.stage.ifPresent(changes::add);
            changes.addAll(
                    ended(row, new JobEnded(row.id(), ending.state.name(), number, ending.says, clock.millis())));
            return changes;
        });
    }

    /** Training gave an artifact that is there already: it ends as that version did. */
    private void sameAgain(JobRow row, JobOutcome outcome, VersionState known) {
        boolean takenBack = known.stage() == Stage.REJECTED || known.stage() == Stage.QUARANTINED;
        State end = takenBack ? State.REJECTED : State.SUCCEEDED;
        String says = "the result is version " + known.number() + ", which is " + known.stage();
        boolean first = books.state(row.model()).ofStage(Stage.CHAMPION).isEmpty() && !takenBack;
        books.commit("registry", row.model(), transaction -> {
            transaction.job(row.id(), end, body(row, outcome, known.number(), says, List.of()));
            List<Change> changes = new ArrayList<>(first ? List.of(firstChampion(known.number())) : List.of());
            changes.addAll(ended(row, new JobEnded(row.id(), end.name(), known.number(), says, clock.millis())));
            return changes;
        });
    }

    /** The end of a job, with what it does to the alerts. */
    private List<Change> ended(JobRow row, JobEnded ended) {
        List<Change> changes = new ArrayList<>(List.of(ended));
        boolean automatic = JobBody.of(row).spec().automatic();
        changes.addAll(Alerting.ended(books.state(row.model()), ended, automatic, clock.millis()));
        return changes;
    }

    private static StageChanged firstChampion(int version) {
        return StageChanged.of(Kind.PROMOTED, version, Stage.CHAMPION, "the model's first version");
    }

    private static List<OfflineGate.Finding> gates(JobOutcome outcome, ModelState state) {
        List<OfflineGate.Finding> findings = new ArrayList<>();
        Evaluation candidate = outcome.candidate();
        if (candidate != null && isEvaluated(candidate)) {
            findings.addAll(OfflineGate.judge(
                    candidate, outcome.parent(), state.settings().gate()));
        }
        SuiteSummary suites = outcome.suites();
        if (suites != null && suites.cases() > 0) {
            findings.add(OfflineGate.judge(suites));
        }
        return List.copyOf(findings);
    }

    /** No rows say nothing, so they let nothing pass. */
    private static boolean isEvaluated(@Nullable Evaluation candidate) {
        return candidate != null && !(candidate.finite() && candidate.score().rows() == 0);
    }

    private static Ending ending(
            ModelState state, JobSpec spec, int number, JobOutcome outcome, List<OfflineGate.Finding> gates) {
        String refused = gates.stream()
                .filter(gate -> !gate.passed())
                .map(OfflineGate.Finding::says)
                .collect(Collectors.joining("; "));
        if (!refused.isEmpty()) {
            StageChanged rejected = StageChanged.of(Kind.REJECTED, number, Stage.REJECTED, refused);
            return new Ending(State.REJECTED, Optional.of(rejected), refused);
        }
        // an operator may have put another version in the champion's place meanwhile
        if (spec.isFirst() && state.ofStage(Stage.CHAMPION).isEmpty()) {
            return new Ending(State.SUCCEEDED, Optional.of(firstChampion(number)), "the model's first version");
        }
        if (!spec.rollout()) {
            return new Ending(State.SUCCEEDED, Optional.empty(), "stored as a candidate, as ordered");
        }
        String unknown = unknown(state, spec, outcome);
        return unknown.isEmpty()
                ? rollout(state, number)
                : new Ending(State.HELD, Optional.empty(), unknown + ": held for a person");
    }

    /** What nobody has looked at, empty when there is nothing. */
    private static String unknown(ModelState state, JobSpec spec, JobOutcome outcome) {
        if (!isEvaluated(outcome.candidate()) || (spec.parent() != null && outcome.parent() == null)) {
            return "no evaluation data";
        }
        return outcome.suites() == null && !state.settings().suites().isEmpty() ? "its suites were not run" : "";
    }

    private static Ending rollout(ModelState state, int number) {
        if (state.settings().rollout().promotion() == Promotion.MANUAL) {
            return new Ending(State.HELD, Optional.empty(), "passed the gate; promotion is manual");
        }
        if (state.isPaused()) {
            return new Ending(State.HELD, Optional.empty(), "passed the gate; automatic promotion is paused");
        }
        Optional<ShadowTrial> trial = state.trial();
        if (trial.filter(ShadowTrial::isOpen).isPresent()) {
            return new Ending(State.HELD, Optional.empty(), "passed the gate; another version is in shadow");
        }
        StageChanged shadow = trial.map(undecided -> shadowed(number, undecided.candidate()))
                .orElseGet(() -> StageChanged.of(Kind.SHADOWED, number, Stage.SHADOW, "it passed the offline gate"));
        return new Ending(State.SUCCEEDED, Optional.of(shadow), "passed the gate and went into shadow");
    }

    /** A newer version is worth more than to wait for a person to end a trial that did not decide. */
    private static StageChanged shadowed(int number, int undecided) {
        return new StageChanged(
                Kind.SHADOWED,
                number,
                Map.of(undecided, Stage.CANDIDATE, number, Stage.SHADOW),
                0,
                "it passed the offline gate, and version " + undecided + ", which stayed undecided, makes way",
                Map.of(),
                false);
    }

    private VersionRegistered registered(JobRow row, JobSpec spec, JobOutcome outcome, Inspection trained, int number) {
        return new VersionRegistered(
                number,
                trained.sha256(),
                trained.format(),
                trained.labels(),
                trained.input(),
                spec.parent(),
                row.id(),
                spec.isFirst() ? "first" : "retraining",
                spec.reason(),
                List.of(),
                outcome.candidate(),
                clock.millis());
    }

    private static String body(
            JobRow row, JobOutcome outcome, @Nullable Integer version, String says, List<OfflineGate.Finding> gates) {
        JobResult result = new JobResult(
                version,
                says,
                outcome.usedRows(),
                outcome.droppedRows(),
                CheckText.number(outcome.firstLoss()),
                CheckText.number(outcome.lastLoss()),
                outcome.candidate(),
                outcome.parent(),
                gates,
                outcome.course());
        return Changes.json(new JobBody(JobBody.of(row).spec(), result));
    }
}
