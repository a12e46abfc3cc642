package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** End a training that waits for approval, untrained. */
@Command(name = "drop", description = "End a training that waits for approval, untrained.")
final class DropCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AtMostOnce once = new AtMostOnce();

    @Parameters(index = "0", paramLabel = "JOB", description = "Number of the job.")
    private long id;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private @Nullable String reason;

    DropCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        ObjectNode body = new Body().with("reason", reason).json();
        Resource job = Resource.admin("jobs", Long.toString(id), "drop");
        output.print(once.on(gateway.admin()).post(job, body), JobText::details);
        return 0;
    }
}
