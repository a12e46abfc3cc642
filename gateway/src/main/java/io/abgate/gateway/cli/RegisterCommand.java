package io.abgate.gateway.cli;

import io.abgate.gateway.client.Answer;
import io.abgate.gateway.client.Resource;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores an artifact as a new version. */
@Command(name = "register", description = "Store an artifact as a new version of a model.")
final class RegisterCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AtMostOnce once = new AtMostOnce();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The artifact, JSON.")
    private Path file = Path.of("");

    @Option(names = "--note", paramLabel = "TEXT", description = "Kept with the version.")
    private @Nullable String note;

    @Option(names = "--source", paramLabel = "TEXT", description = "Where the artifact comes from.")
    private @Nullable String source;

    @Option(names = "--tag", paramLabel = "TAG", description = "Kept with the version; may be given several times.")
    private List<String> tags = List.of();

    RegisterCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        Resource versions = Resource.model(model, "versions")
                .with("tags", tags.isEmpty() ? null : String.join(",", tags))
                .with("source", source)
                .with("note", note);
        Answer answer = once.on(gateway.admin()).post(versions, GivenFile.bytes(file));
        boolean isNew = answer.status() == HttpURLConnection.HTTP_CREATED;
        output.print(
                answer,
                stored -> model + ": version " + Text.plain(stored.path("version"))
                        + (isNew ? " registered" : " has this artifact already"));
        return 0;
    }
}
