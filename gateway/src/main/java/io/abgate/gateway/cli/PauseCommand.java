package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops automatic promotion and retraining. */
@Command(name = "pause", description = "Stop automatic promotion and retraining; rollback stays armed.")
final class PauseCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AtMostOnce once = new AtMostOnce();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Option(names = "--all", description = "Freeze automatic rollback too.")
    private boolean all;

    PauseCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        ObjectNode body = new Body().flag("all", all).json();
        output.print(once.on(gateway.admin()).post(Resource.model(model, "pause"), body), ModelText::sentence);
        return 0;
    }
}
