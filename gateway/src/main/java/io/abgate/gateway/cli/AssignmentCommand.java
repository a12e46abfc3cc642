package io.abgate.gateway.cli;

import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows why a routing key gets its version. */
@Command(name = "assignment", description = "Show which version a routing key gets, and why.")
final class AssignmentCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "KEY", description = "The routing key of a request.")
    private String key = "";

    @Option(names = "--at", paramLabel = "TIME", description = "Then instead of now, for example 2026-11-21T10:00:00Z.")
    private @Nullable String at;

    AssignmentCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        Resource assignment =
                Resource.model(model, "assignment").with("key", key).with("at", at);
        output.print(gateway.admin().get(assignment), PastText::assignment);
        return 0;
    }
}
