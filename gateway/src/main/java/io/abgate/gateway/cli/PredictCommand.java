package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.gateway.client.Answer;
import io.abgate.gateway.client.Inputs;
import io.abgate.gateway.client.Prediction;
import io.abgate.gateway.client.Resource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a model as an application would. */
@Command(name = "predict", description = "Ask a model as an application would.")
final class PredictCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "INPUT",
            description = "Text for a text model, for others a JSON row such as [\"the\",\"cat\"] or [0,5,13].")
    private List<String> inputs = List.of();

    @Option(names = "--key", paramLabel = "KEY", description = "What stickiness hangs on, such as a user.")
    private @Nullable String key;

    @Option(names = "--version", paramLabel = "VERSION", description = "Ask this version, outside the experiment.")
    private @Nullable Integer version;

    PredictCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        Inputs input = Inputs.of(gateway.data().get(Resource.inference(model)).json());
        Resource infer = version == null
                ? Resource.inference(model, "infer")
                : Resource.inference(model, "versions", Integer.toString(version), "infer");
        Answer answer = gateway.data().post(infer, input.request(input.rows(inputs), key));
        output.print(answer, PredictCommand::table);
        return 0;
    }

    private static String table(JsonNode answer) {
        Table table = new Table("LABEL", "CONFIDENCE", "VERSION", "ROUTE", "PREDICTION ID");
        Prediction.of(answer)
                .forEach(prediction -> table.row(
                        prediction.label(),
                        Text.decimal(prediction.confidence()),
                        prediction.version(),
                        prediction.route(),
                        prediction.id()));
        return table.toString();
    }
}
