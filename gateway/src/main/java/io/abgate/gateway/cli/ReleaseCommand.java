package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a version that was taken back a candidate again. */
@Command(name = "release", description = "Make a version that was taken back a candidate again.")
final class ReleaseCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AtMostOnce once = new AtMostOnce();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "Number of the version.")
    private int version;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the event.")
    private @Nullable String reason;

    ReleaseCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        ObjectNode body = new Body().with("reason", reason).json();
        Resource release = Resource.model(model, "versions", Integer.toString(version), "release");
        output.print(once.on(gateway.admin()).post(release, body), ModelText::sentence);
        return 0;
    }
}
