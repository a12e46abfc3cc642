package io.abgate.gateway.cli;

import io.abgate.gateway.client.Answer;
import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the versions of a model. */
@Command(name = "versions", description = "List the versions of a model.")
final class VersionsCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    VersionsCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        Answer answer = gateway.admin().get(Resource.model(model, "versions"));
        output.print(answer, all -> ModelText.versions(all.path("versions")));
        return 0;
    }
}
