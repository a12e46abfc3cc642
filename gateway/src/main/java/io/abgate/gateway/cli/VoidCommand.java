package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Withdraws labels of a source. */
@Command(
        name = "void",
        description =
                "Withdraw the labels of a source. Live accuracy keeps the others; evidence that they touched starts"
                        + " again.")
final class VoidCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AtMostOnce once = new AtMostOnce();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "Labels from this time on, for example 2026-11-21T10:00:00Z.")
    private String from = "";

    @Option(names = "--to", required = true, paramLabel = "TIME", description = "Labels before this time.")
    private String to = "";

    @Option(names = "--source", required = true, paramLabel = "NAME", description = "As the feedback named it, or app.")
    private String source = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the event.")
    private @Nullable String reason;

    VoidCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        ObjectNode body = new Body()
                .with("from", from)
                .with("to", to)
                .with("source", source)
                .with("reason", reason)
                .json();
        output.print(once.on(gateway.admin()).post(Resource.model(model, "labels", "void"), body), this::sentence);
        return 0;
    }

    private String sentence(JsonNode answer) {
        return ModelText.sentence(answer) + "; withdrawn: " + Text.plain(answer.path("withdrawn")) + " labels of "
                + source;
    }
}
