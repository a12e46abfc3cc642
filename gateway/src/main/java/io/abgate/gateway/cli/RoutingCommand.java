package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Resource;
import io.abgate.registry.domain.RoutingMode;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes how traffic is split. */
@Command(name = "routing", description = "Change how traffic is split.")
final class RoutingCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AtMostOnce once = new AtMostOnce();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @ArgGroup(exclusive = false, multiplicity = "1")
    private Change change = new Change();

    /** What to change; at least one of it. */
    static final class Change {
        @Option(names = "--mode", paramLabel = "MODE", description = "split, adaptive, champion or ensemble.")
        private @Nullable RoutingMode mode;

        @Option(names = "--floor", paramLabel = "SHARE", description = "Smallest share of an arm in adaptive mode.")
        private @Nullable Double floor;
    }

    RoutingCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        ObjectNode body = new Body()
                .with("mode", change.mode == null ? null : change.mode.name().toLowerCase(Locale.ROOT))
                .with("floor", change.floor)
                .json();
        output.print(once.on(gateway.admin()).put(Resource.model(model, "routing"), body), ModelText::details);
        return 0;
    }
}
