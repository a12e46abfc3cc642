package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Resource;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves a version up. */
@Command(name = "promote", description = "Move a version up: to shadow, canary or champion.")
final class PromoteCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AtMostOnce once = new AtMostOnce();

    /** Where a version may be moved. */
    enum Target {
        SHADOW,
        CANARY,
        CHAMPION
    }

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "Number of the version.")
    private int version;

    @Option(names = "--to", paramLabel = "STAGE", description = "shadow, canary or champion (default).")
    private Target target = Target.CHAMPION;

    @Option(names = "--share", paramLabel = "SHARE", description = "Share of a canary, for example 0.05.")
    private @Nullable Double share;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the event.")
    private @Nullable String reason;

    @Option(names = "--force", description = "Make it champion without evidence.")
    private boolean force;

    @Option(names = "--expected-epoch", paramLabel = "EPOCH", description = "Refuse if a stage has changed since.")
    private @Nullable Long expectedEpoch;

    PromoteCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        output.print(once.on(gateway.admin()).post(Resource.model(model, "promote"), body()), ModelText::sentence);
        return 0;
    }

    private ObjectNode body() {
        return new Body()
                .with("version", version)
                .with("to", target.name().toLowerCase(Locale.ROOT))
                .with("share", share)
                .with("reason", reason)
                .flag("force", force)
                .with("expectedEpoch", expectedEpoch)
                .json();
    }
}
