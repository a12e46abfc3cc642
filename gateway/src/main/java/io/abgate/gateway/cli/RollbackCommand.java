package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replaces the champion by an earlier version. */
@Command(name = "rollback", description = "Replace the champion by an earlier version; promotions pause until resume.")
final class RollbackCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AtMostOnce once = new AtMostOnce();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Option(names = "--to", paramLabel = "VERSION", description = "The version to go back to (default: the standby).")
    private @Nullable Integer target;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the event.")
    private @Nullable String reason;

    RollbackCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        ObjectNode body = new Body().with("to", target).with("reason", reason).json();
        output.print(once.on(gateway.admin()).post(Resource.model(model, "rollback"), body), ModelText::sentence);
        return 0;
    }
}
