package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Let a training begin that waits for approval. */
@Command(name = "approve", description = "Let a training begin that waits for approval.")
final class ApproveCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AtMostOnce once = new AtMostOnce();

    @Parameters(index = "0", paramLabel = "JOB", description = "Number of the job.")
    private long id;

    ApproveCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        ObjectNode body = new Body().json();
        Resource job = Resource.admin("jobs", Long.toString(id), "approve");
        output.print(once.on(gateway.admin()).post(job, body), JobText::details);
        return 0;
    }
}
