package io.abgate.gateway.cli;

import io.abgate.gateway.client.Answer;
import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a job. */
@Command(name = "job", description = "Show a job, with its loss pass by pass.")
final class JobCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "ID", description = "Number of the job.")
    private long id;

    @Option(names = "--wait", description = "Return when it has ended; exit code 1 when it made no good version.")
    private boolean wait;

    JobCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() throws InterruptedException {
        Answer now = gateway.admin().get(Resource.admin("jobs", Long.toString(id)));
        Answer last = wait ? new JobWait(gateway, output).ended(now) : now;
        output.print(last, JobText::details);
        return wait && JobText.isEndedBadly(last.json()) ? 1 : 0;
    }
}
