package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Answer;
import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a copy of a champion worse on purpose. */
@Command(
        name = "drill",
        description = "Make a copy of the champion worse by seeded noise on its weights and measure it; with a share of"
                + " live traffic, watch the evidence take it back. The champion is not touched.")
final class DrillCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AtMostOnce once = new AtMostOnce();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Option(
            names = "--scale",
            paramLabel = "NUMBER",
            description = "Standard deviation of the noise; 0.1 if not given.")
    private @Nullable Double scale;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "Of the noise; 7 if not given.")
    private @Nullable Long seed;

    @Option(names = "--share", paramLabel = "SHARE", description = "Of live traffic; none if not given.")
    private @Nullable Double share;

    @Option(names = "--ttl", paramLabel = "DURATION", description = "When it ends at the latest; 1h if not given.")
    private @Nullable String ttl;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the event.")
    private @Nullable String reason;

    @Option(names = "--end", description = "End the drill that runs.")
    private boolean end;

    DrillCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        if (end && (scale != null || seed != null || share != null || ttl != null)) {
            throw output.wrongCall("--end goes with --reason alone");
        }
        Answer answer = once.on(gateway.admin()).post(Resource.model(model, "drill"), body());
        output.print(answer, end ? ModelText::sentence : DrillText::report);
        return 0;
    }

    private ObjectNode body() {
        return new Body()
                .with("scale", scale)
                .with("seed", seed)
                .with("share", share)
                .with("ttl", ttl)
                .with("reason", reason)
                .flag("end", end)
                .json();
    }
}
