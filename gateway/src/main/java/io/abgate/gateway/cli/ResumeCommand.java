package io.abgate.gateway.cli;

import io.abgate.gateway.client.Json;
import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets automation go on. */
@Command(name = "resume", description = "Let automatic promotion, retraining and rollback go on.")
final class ResumeCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AtMostOnce once = new AtMostOnce();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    ResumeCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        output.print(
                once.on(gateway.admin()).post(Resource.model(model, "resume"), Json.object()), ModelText::sentence);
        return 0;
    }
}
