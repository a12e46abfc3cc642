package io.abgate.gateway.cli;

import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a job. */
@Command(name = "job", description = "Show a job.")
final class JobCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "ID", description = "Number of the job.")
    private long id;

    JobCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        output.print(gateway.admin().get(Resource.admin("jobs", Long.toString(id))), JobText::details);
        return 0;
    }
}
