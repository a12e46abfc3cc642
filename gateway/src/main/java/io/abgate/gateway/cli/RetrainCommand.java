package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Answer;
import io.abgate.gateway.client.Resource;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a new version. */
@Command(name = "retrain", description = "Train a new version.")
final class RetrainCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AtMostOnce once = new AtMostOnce();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Option(names = "--from", paramLabel = "VERSION", description = "The parent (default: the champion).")
    private @Nullable Integer from;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the rows.")
    private @Nullable Integer epochs;

    @Option(names = "--learning-rate", paramLabel = "RATE", description = "Of gradient descent.")
    private @Nullable Double learningRate;

    @Option(
            names = "--samples",
            paramLabel = "FILE",
            description = "Train on exactly these: a JSON list of {\"input\":…,\"truth\":…}.")
    private @Nullable Path samples;

    @Option(names = "--no-rollout", description = "Leave the new version a candidate.")
    private boolean noRollout;

    @Option(names = "--wait", description = "Return when the job has ended; exit code 1 when it made no good version.")
    private boolean wait;

    RetrainCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() throws InterruptedException {
        Answer accepted = once.on(gateway.admin()).post(Resource.model(model, "retrain"), body());
        Answer last = wait ? new JobWait(gateway, output).ended(accepted) : accepted;
        output.print(last, JobText::details);
        return wait && JobText.isEndedBadly(last.json()) ? 1 : 0;
    }

    private ObjectNode body() {
        return new Body()
                .with("from", from)
                .with("epochs", epochs)
                .with("learningRate", learningRate)
                .with("samples", samples == null ? null : GivenFile.list(samples))
                .with("rollout", noRollout ? false : null)
                .json();
    }
}
