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

/** Runs a version through the model's functional suites. */
@Command(
        name = "suites",
        description = "Run a version through the model's functional suites; exit code 1 when a case fails or there are"
                + " no cases.")
final class SuitesCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Option(names = "--version", paramLabel = "N", description = "Which version (default: the champion).")
    private @Nullable Integer version;

    @Option(names = "--suite", paramLabel = "NAME", description = "This suite only.")
    private @Nullable String suite;

    @Option(names = "--category", paramLabel = "NAME", description = "This category only.")
    private @Nullable String category;

    SuitesCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        Answer answer = gateway.admin().post(Resource.model(model, "suites"), body());
        output.print(answer, SuiteText::report);
        return SuiteText.isPassed(answer.json()) ? 0 : 1;
    }

    private ObjectNode body() {
        return new Body()
                .with("version", version)
                .with("suite", suite)
                .with("category", category)
                .json();
    }
}
