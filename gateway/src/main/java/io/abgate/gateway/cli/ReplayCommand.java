package io.abgate.gateway.cli;

import io.abgate.gateway.client.CommandFailedException;
import io.abgate.gateway.client.Interruption;
import io.abgate.gateway.configuration.Configuration;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.ModelSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays a model's replay rows through a running gateway, with labels that come late. */
@Command(name = "replay", description = "Play a model's replay rows through a running gateway, labels coming late.")
final class ReplayCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Option(names = "--rate", required = true, paramLabel = "R", description = "Predictions a second.")
    private double rate;

    @Option(
            names = "--label-delay",
            paramLabel = "N",
            description = "A label is posted so many predictions later (default: 0).")
    private int labelDelay;

    @Option(names = "--limit", paramLabel = "N", description = "Stop after so many rows (default: all).")
    private @Nullable Integer limit;

    @Option(names = "--config", paramLabel = "FILE", description = "Take the model's data from this configuration.")
    private @Nullable Path config;

    ReplayCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() throws InterruptedException {
        refuseUnless(rate > 0 && Double.isFinite(rate), "--rate: " + rate + " (expected: a number above 0)");
        refuseUnless(labelDelay >= 0, "--label-delay: " + labelDelay + " (expected: a whole number from 0)");
        List<Example> rows = rows();
        LabelPost labels = new LabelPost(gateway.data(), model);
        Replay replay = new Replay(gateway.data(), model, labels, new Pace(rate), labelDelay);
        ReplayLine line = new ReplayLine(output, model, rows.size());
        Interruption interruption = new Interruption(replay::stop, PATIENCE);
        try {
            ReplayScore score = replay.run(rows, line::show);
            line.end(score, labels);
            return score.failed() == 0 && labels.isSound() ? 0 : 1;
        } finally {
            interruption.end();
        }
    }

    private List<Example> rows() {
        Configuration configuration = Configuration.load(config, Map.of(), List.of());
        ModelSettings settings = configuration.models().stream()
                .filter(candidate -> candidate.name().equals(model))
                .findFirst()
                .orElseThrow(() -> new CommandFailedException("MODEL: " + model + " (expected: one of "
                        + String.join(
                                ", ",
                                configuration.models().stream()
                                        .map(ModelSettings::name)
                                        .toList())
                        + ")"));
        List<Example> rows =
                configuration.datasets().read(settings.data(), settings.data().replay());
        return limit == null ? rows : rows.subList(0, Math.max(0, Math.min(limit, rows.size())));
    }

    private void refuseUnless(boolean holds, String message) {
        if (!holds) {
            throw output.wrongCall(message);
        }
    }
}
