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
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays a model's replay rows through a running gateway, with labels that come late; or computes a receipt again. */
@Command(
        name = "replay",
        description = {
            "Play a model's replay rows through a running gateway, labels coming late;",
            "or, given the number of a receipt, compute its verdict again from the ledger: exit code 1 if it differs."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "MODEL|RECEIPT", description = "Name of the model, or number of a receipt.")
    private String model = "";

    @Option(names = "--rate", paramLabel = "R", description = "Predictions a second; needed for a model.")
    private @Nullable Double rate;

    @Option(
            names = "--from-beginning",
            description = "Compute a receipt from the first entry of the ledger, although there is a checkpoint.")
    private boolean fromBeginning;

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
        if (rate == null && model.matches("\\d+")) {
            return ReceiptReplay.run(gateway, output, model, fromBeginning);
        }
        refuseUnless(!fromBeginning, "--from-beginning: " + model + " (expected: the number of a receipt)");
        return play(checkedRate());
    }

    private double checkedRate() {
        refuseUnless(rate != null, "Missing required option: '--rate=R'");
        double known = Objects.requireNonNull(rate);
        refuseUnless(known > 0 && Double.isFinite(known), "--rate: " + known + " (expected: a number above 0)");
        return known;
    }

    private int play(double perSecond) throws InterruptedException {
        refuseUnless(labelDelay >= 0, "--label-delay: " + labelDelay + " (expected: a whole number from 0)");
        List<Example> rows = rows();
        LabelPost labels = new LabelPost(gateway.data(), model);
        Replay replay = new Replay(gateway.data(), model, labels, new Pace(perSecond), labelDelay);
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
