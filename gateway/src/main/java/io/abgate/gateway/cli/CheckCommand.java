package io.abgate.gateway.cli;

import io.abgate.gateway.client.Answer;
import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Measures a champion beside its baseline. */
@Command(
        name = "check",
        description =
                "Measure the champion on the model's evaluation rows, beside what it was when it was promoted; exit"
                        + " code 1 when something is wrong.")
final class CheckCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    CheckCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        Answer answer = gateway.admin().post(Resource.model(model, "check"), new Body().json());
        output.print(answer, CheckText::report);
        return answer.json().path("alerts").isEmpty() ? 0 : 1;
    }
}
