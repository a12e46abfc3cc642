package io.abgate.gateway.launcher;

import io.abgate.registry.MonitorBoard;
import io.abgate.registry.MonitorFigure;
import io.abgate.registry.TrafficFigure;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.policy.Degradation.Kind;
import io.abgate.registry.webhook.WebhookCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** The meters of a process with a registry: alerts, and what checks measure beside its limits. NaN while it stands by. */
final class MonitorMeters {
    private final MeterRegistry meters;
    private final MonitorBoard board;

    private MonitorMeters(MeterRegistry meters, MonitorBoard board) {
        this.meters = meters;
        this.board = board;
    }

    static void bind(MeterRegistry meters, MonitorBoard board, Collection<ModelSettings> models) {
        MonitorMeters monitor = new MonitorMeters(meters, board);
        models.stream().map(ModelSettings::name).forEach(monitor::model);
        monitor.webhook();
        board.labels().onVersion(monitor::labels);
        Gauge.builder("abgate.registry.leading", board, MonitorBoard::leading)
                .description("1 while the registry of this process leads, else 0")
                .register(meters);
    }

    private void model(String model) {
        for (Kind kind : Kind.values()) {
            Gauge.builder("abgate.alert", board, known -> known.alert(model, kind))
                    .description("1 while there is an alert of this kind, else 0")
                    .tag("model", model)
                    .tag("kind", kind.name())
                    .register(meters);
        }
        for (TrafficFigure figure : TrafficFigure.values()) {
            Gauge.builder("abgate.traffic.evidence", board, known -> known.value(model, figure))
                    .description("Evidence of requests against the split or a version; 1 has reached its threshold")
                    .tag("model", model)
                    .tag("test", figure.test())
                    .register(meters);
        }
        for (MonitorFigure figure : MonitorFigure.values()) {
            figure(
                    "abgate.monitor.value",
                    "What the newest check measured",
                    model,
                    figure,
                    known -> known.value(model, figure));
            figure(
                    "abgate.monitor.limit",
                    "What raises an alert when it is exceeded",
                    model,
                    figure,
                    known -> known.limit(model, figure));
        }
        Gauge.builder("abgate.monitor.check.age", board, known -> known.checkAgeSeconds(model))
                .description("Time since the newest check of the champion")
                .baseUnit("seconds")
                .tag("model", model)
                .register(meters);
        FunctionCounter.builder("abgate.monitor.checks", board, known -> known.checks(model))
                .description("Checks of champions that this process has judged")
                .tag("model", model)
                .register(meters);
    }

    private void labels(String model, int version) {
        Tags tags = Tags.of("model", model, "version", Integer.toString(version));
        Gauge.builder("abgate.labels.coverage", board.labels(), known -> known.coverage(model, version))
                .description("Part of the predictions, of those as old as labels take to come, that is labelled")
                .tags(tags)
                .register(meters);
        Gauge.builder("abgate.labels.lag.p95", board.labels(), known -> known.lagP95Seconds(model, version))
                .description("By when 95 % of the labels that come at all have come")
                .baseUnit("seconds")
                .tags(tags)
                .register(meters);
    }

    private void figure(
            String name, String description, String model, MonitorFigure figure, ToDoubleFunction<MonitorBoard> value) {
        Gauge.builder(name, board, value)
                .description(description)
                .tag("model", model)
                .tag("figure", figure.setting())
                .register(meters);
    }

    private void webhook() {
        webhook("abgate.webhook.delivered", "Messages that the webhook took", WebhookCounts::delivered);
        webhook("abgate.webhook.attempts.failed", "Attempts that failed", WebhookCounts::failedAttempts);
        webhook("abgate.webhook.given.up", "Messages that were never delivered", WebhookCounts::givenUp);
    }

    private void webhook(String name, String description, ToDoubleFunction<WebhookCounts> count) {
        FunctionCounter.builder(name, board.webhook(), count)
                .description(description)
                .register(meters);
    }
}
