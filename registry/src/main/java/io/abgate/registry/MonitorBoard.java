package io.abgate.registry;

import io.abgate.registry.domain.Measurement;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.policy.Alert;
import io.abgate.registry.policy.Degradation.Kind;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.webhook.WebhookCounts;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Alerts and figures of the monitor for meters: what the registry of this process knows while it leads, and NaN while it
 * does not, or cannot be sure that it does. Safe for all threads.
 */
public final class MonitorBoard {
    private final LongSupplier nanoClock;
    private final Map<String, ModelSettings> settings = new ConcurrentHashMap<>();
    private final Map<String, Set<Kind>> alerts = new ConcurrentHashMap<>();
    private final Map<String, Reading> readings = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> checks = new ConcurrentHashMap<>();
    private final Map<String, Map<TrafficFigure, Double>> traffic = new ConcurrentHashMap<>();
    private final WebhookCounts webhook = new WebhookCounts();
    private final LabelBoard labels = new LabelBoard();
    private volatile @Nullable Term term;

    /** An empty board; the clock never steps. */
    public MonitorBoard(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** A check of a champion. */
    private record Reading(@Nullable Measurement baseline, Measurement now, long atNanos) {}

    /** A new term knows nothing of the checks of a former one. */
    void leads(Term now) {
        readings.clear();
        alerts.clear();
        traffic.clear();
        labels.clear();
        term = now;
    }

    /** What is wrong with a model now. */
    void stands(ModelState state) {
        String model = state.settings().name();
        settings.put(model, state.settings());
        traffic.put(model, TrafficFigure.all(state));
        alerts.put(
                model, state.monitoring().alerts().stream().map(Alert::kind).collect(Collectors.toUnmodifiableSet()));
    }

    void checked(String model, @Nullable Measurement baseline, Measurement now) {
        checks.computeIfAbsent(model, first -> new LongAdder()).increment();
        readings.put(model, new Reading(baseline, now, nanoClock.getAsLong()));
    }

    private boolean isLeading() {
        Term now = term;
        return now != null && !now.isOver() && !now.isOverdue();
    }

    /** 1 while this process's registry leads, else 0. */
    public double leading() {
        return isLeading() ? 1 : 0;
    }

    /** 1 while there is an alert of this kind, 0 while there is none. */
    public double alert(String model, Kind kind) {
        Set<Kind> kinds = alerts.get(model);
        return !isLeading() || kinds == null ? Double.NaN : kinds.contains(kind) ? 1 : 0;
    }

    /** What the newest check of this term found. */
    public double value(String model, MonitorFigure figure) {
        Reading reading = readings.get(model);
        return !isLeading() || reading == null ? Double.NaN : figure.value(reading.baseline, reading.now);
    }

    /** What raises an alert when it is exceeded; NaN also where nothing does. */
    public double limit(String model, MonitorFigure figure) {
        ModelSettings known = settings.get(model);
        return !isLeading() || known == null
                ? Double.NaN
                : figure.limit(known.monitor().alerts());
    }

    /** What requests say, where there is anything that it could be said of. */
    public double value(String model, TrafficFigure figure) {
        return isLeading() ? traffic.getOrDefault(model, Map.of()).getOrDefault(figure, Double.NaN) : Double.NaN;
    }

    /** How long ago the newest check of this term ended. */
    public double checkAgeSeconds(String model) {
        Reading reading = readings.get(model);
        return !isLeading() || reading == null
                ? Double.NaN
                : (nanoClock.getAsLong() - reading.atNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** Checks that ended in this process, since it started. */
    public double checks(String model) {
        LongAdder count = checks.get(model);
        return count == null ? 0 : count.sum();
    }

    /** How labels come. */
    public LabelBoard labels() {
        return labels;
    }

    /** What became of what the webhook was told by this process. */
    public WebhookCounts webhook() {
        return webhook;
    }
}
