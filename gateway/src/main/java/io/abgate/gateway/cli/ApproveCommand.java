package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Resource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Let a training or a promotion be done that waits for approval. */
@Command(
        name = "approve",
        description =
                "Let a training (JOB) or the promotion of a version (MODEL VERSION) be done that waits for approval.")
final class ApproveCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AtMostOnce once = new AtMostOnce();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Parameters(
            arity = "1..2",
            paramLabel = "JOB | MODEL VERSION",
            description = "Number of the job; or name of the model and number of its version.")
    private List<String> what = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record; of a promotion.")
    private @Nullable String reason;

    ApproveCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        if (what.size() == 1) {
            Resource job = Resource.admin("jobs", Long.toString(whole("JOB", what.get(0))), "approve");
            output.print(once.on(gateway.admin()).post(job, new Body().json()), JobText::details);
        } else {
            ObjectNode body = new Body()
                    .with("version", whole("VERSION", what.get(1)))
                    .with("reason", reason)
                    .json();
            output.print(
                    once.on(gateway.admin()).post(Resource.model(what.get(0), "approve"), body), ModelText::sentence);
        }
        return 0;
    }

    private int whole(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new ParameterException(command.commandLine(), name + ": " + value + " (expected: a whole number)", e);
        }
    }
}
