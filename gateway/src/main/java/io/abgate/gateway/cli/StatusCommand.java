package io.abgate.gateway.cli;

import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows how all models stand, or one in full. */
@Command(name = "status", description = "Show how models stand, or one in full.")
final class StatusCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", arity = "0..1", paramLabel = "MODEL", description = "Name of the model.")
    private @Nullable String model;

    StatusCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        if (model == null) {
            output.print(gateway.admin().get(Resource.admin("models")), all -> ModelText.table(all.path("models")));
        } else {
            output.print(gateway.admin().get(Resource.model(model)), ModelText::details);
        }
        return 0;
    }
}
