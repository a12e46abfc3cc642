package io.abgate.gateway.cli;

import io.abgate.gateway.client.Answer;
import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows how the versions of a model answer. */
@Command(
        name = "health",
        description = "Show how the versions of a model answered lately, users' traffic apart from pinned requests and"
                + " copies; exit code 1 when one is degraded.")
final class HealthCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    HealthCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        Answer answer = gateway.admin().get(Resource.model(model, "health"));
        output.print(answer, HealthText::report);
        return answer.json().path("status").asText().equals("degraded") ? 1 : 0;
    }
}
