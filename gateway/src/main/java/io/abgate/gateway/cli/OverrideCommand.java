package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes one gateway node serve a version, without the registry. */
@Command(
        name = "override",
        description = "Make this gateway node alone serve one version for a while, without the registry.")
final class OverrideCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "VERSION", description = "Number of the version.")
    private @Nullable Integer version;

    @Option(names = "--ttl", paramLabel = "DURATION", description = "For how long, for example 1h.")
    private @Nullable String ttl;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the event.")
    private @Nullable String reason;

    @Option(names = "--end", description = "End it now.")
    private boolean end;

    OverrideCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        boolean isMore = version != null || ttl != null || reason != null;
        if (end ? isMore : version == null) {
            throw output.wrongCall("Either VERSION, with --ttl and --reason, or --end alone");
        }
        Resource override = Resource.model(model, "override");
        output.print(end ? gateway.admin().delete(override) : gateway.admin().post(override, body()), Lines::of);
        return 0;
    }

    private ObjectNode body() {
        return new Body()
                .with("version", version)
                .with("ttl", ttl)
                .with("reason", reason)
                .json();
    }
}
