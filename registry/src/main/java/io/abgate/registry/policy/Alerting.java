package io.abgate.registry.policy;

import io.abgate.registry.domain.ModelSettings.Monitor;
import io.abgate.registry.policy.Degradation.Finding;
import io.abgate.registry.policy.Degradation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which alerts are raised, and which are over. There is at most one of a kind at a time: what goes on being wrong is not
 * raised again, whatever its value.
 *
 * <p>The cool-down starts when people are told that an alert is over. The same kind of alert of the same version that
 * comes back before it ends is raised for all who look, but nobody is told of it, nor of its end if that comes before
 * the cool-down's, which it does not prolong. If it is still there when the cool-down is over, people are told then. So
 * an alert that comes and goes is told, and its end, once in a cool-down, and none that stays is kept from anybody.
 */
public final class Alerting {
    private final ModelState state;
    private final Monitoring monitoring;
    private final Monitor settings;
    private final int champion;
    private final long nowMillis;
    private final List<Change> changes = new ArrayList<>();

    private Alerting(ModelState state, long nowMillis) {
        this.state = state;
        this.monitoring = state.monitoring();
        this.settings = state.settings().monitor();
        this.champion = monitoring.champion();
        this.nowMillis = nowMillis;
    }

    /**
     * What a check of the champion changes.
     *
     * @param findings everything that it found wrong
     */
    public static List<Change> checked(ModelState state, List<Finding> findings, long nowMillis) {
        Alerting alerting = new Alerting(state, nowMillis);
        Map<Kind, Finding> wrong =
                findings.stream().collect(Collectors.toMap(Finding::kind, Function.identity(), (first, next) -> first));
        alerting.endFormerChampions();
        for (Kind kind : Kind.values()) {
            if (kind.isOfCheck()) {
                alerting.found(kind, Optional.ofNullable(wrong.get(kind)), "a check no longer finds it");
            }
        }
        return List.copyOf(alerting.changes);
    }

    /**
     * The same of one that came by itself, and so may ask for a retraining.
     *
     * @param fall of accuracy below the baseline; empty without one
     * @param asks why the champion should be retrained; empty when it should not
     */
    public static List<Change> checked(
            ModelState state, List<Finding> findings, Optional<Fall> fall, Optional<String> asks, long nowMillis) {
        Alerting alerting = new Alerting(state, nowMillis);
        alerting.changes.addAll(checked(state, findings, nowMillis));
        Optional<Finding> asked = asks.map(says -> alerting.asked(fall, says));
        if (asked.isPresent() || !alerting.isUnderWay()) {
            alerting.found(Kind.RETRAINING_ASKED, asked, "checks no longer ask for it");
        }
        return List.copyOf(alerting.changes);
    }

    /** What is due without a check: after a change of the champion, of live labels or of trainings, or in time. */
    public static List<Change> due(ModelState state, long nowMillis) {
        Alerting alerting = new Alerting(state, nowMillis);
        alerting.endFormerChampions();
        alerting.liveLabels();
        alerting.promotion();
        alerting.comparison();
        alerting.tellWhatWasHeldBack();
        return List.copyOf(alerting.changes);
    }

    /**
     * What the end of a training changes.
     *
     * @param automatic whether a trigger had ordered it: one who orders it himself sees what comes of it
     */
    public static List<Change> ended(ModelState state, JobEnded job, boolean automatic, long nowMillis) {
        Alerting alerting = new Alerting(state, nowMillis);
        alerting.endFormerChampions();
        boolean failed = job.state().equals("REJECTED") || job.state().equals("FAILED");
        if (!failed || automatic) {
            String says = "training " + job.job() + " ended " + job.state() + ": " + job.reason();
            Finding finding = new Finding(Kind.TRAINING_FAILED, Double.NaN, Double.NaN, says);
            alerting.found(Kind.TRAINING_FAILED, failed ? Optional.of(finding) : Optional.empty(), says);
        }
        return List.copyOf(alerting.changes);
    }

    private Finding asked(Optional<Fall> fall, String says) {
        double limit = fall.filter(drop -> drop.exceeds(settings.retrainOnce())).isPresent()
                ? settings.retrainOnce()
                : settings.retrainRepeated();
        return new Finding(Kind.RETRAINING_ASKED, fall.map(Fall::amount).orElse(Double.NaN), limit, says);
    }

    /** Another champion is another matter. */
    private void endFormerChampions() {
        monitoring.alerts().stream()
                .filter(alert -> alert.version() != champion)
                .forEach(alert -> end(alert, "version " + champion + " is champion now"));
    }

    private void liveLabels() {
        Optional<Finding> asked =
                state.liveDrop().map(says -> new Finding(Kind.RETRAINING_ASKED, Double.NaN, Double.NaN, says));
        boolean isChecked = monitoring.baseline().isPresent() && settings.everySeconds() > 0; // a check will say
        if (asked.isPresent() || !(isChecked || isUnderWay())) {
            found(Kind.RETRAINING_ASKED, asked, "no training and no trial is under way, and labels ask for none");
        }
    }

    private void promotion() {
        Optional<Finding> held = state.supervision()
                .waiting()
                .map(promotion -> new Finding(
                        Kind.PROMOTION_HELD,
                        Double.NaN,
                        Double.NaN,
                        "version " + promotion.version() + " waits for approval: " + promotion.reason()));
        found(Kind.PROMOTION_HELD, held, "no promotion waits for approval any more");
    }

    /** What the comparison on live traffic found, where nobody is taken back for it. */
    private void comparison() {
        TrafficVerdicts.findings(state)
                .forEach((kind, says) -> found(
                        kind,
                        says.map(clause -> new Finding(kind, Double.NaN, Double.NaN, clause)),
                        "the comparison that found it is over"));
    }

    /** Whether what was asked for is being done, or live labels still ask for it. */
    private boolean isUnderWay() {
        return state.liveDrop().isPresent()
                || !state.openJobs().isEmpty()
                || state.retrainings().waiting().isPresent()
                || state.trial().isPresent()
                || state.canary().filter(Experiment::isOnLadder).isPresent();
    }

    private void tellWhatWasHeldBack() {
        for (Alert alert : monitoring.alerts()) {
            boolean isOver = changes.stream().anyMatch(change -> isEndOf(change, alert.kind()));
            if (!alert.told() && !isOver && !isCooling(alert.kind())) {
                changes.add(new AlertRaised(
                        alert.kind(),
                        champion,
                        alert.value(),
                        alert.limit(),
                        alert.says(),
                        alert.sinceMillis(),
                        nowMillis,
                        true));
            }
        }
    }

    private static boolean isEndOf(Change change, Kind kind) {
        return change instanceof AlertRecovered ended && ended.kind() == kind;
    }

    private void found(Kind kind, Optional<Finding> finding, String otherwise) {
        Optional<Alert> open = monitoring.book().find(kind).filter(alert -> alert.version() == champion);
        if (finding.isPresent() && open.isEmpty()) {
            raise(finding.get());
        } else if (finding.isEmpty() && open.isPresent()) {
            end(open.get(), otherwise);
        }
    }

    private void raise(Finding finding) {
        boolean told = !isCooling(finding.kind());
        changes.add(new AlertRaised(
                finding.kind(),
                champion,
                finding.value(),
                finding.limit(),
                finding.says(),
                nowMillis,
                nowMillis,
                told));
    }

    private boolean isCooling(Kind kind) {
        long coolDownMillis = TimeUnit.SECONDS.toMillis(settings.coolDownSeconds());
        return monitoring.book().isCooling(kind, champion, nowMillis, coolDownMillis);
    }

    private void end(Alert alert, String reason) {
        changes.add(AlertRecovered.of(alert, nowMillis, reason));
    }
}
