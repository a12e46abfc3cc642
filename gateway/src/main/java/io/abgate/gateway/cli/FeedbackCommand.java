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

/** Says what was true of a prediction. */
@Command(name = "feedback", description = "Say what was true of a prediction.")
final class FeedbackCommand implements Callable<Integer> {
    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
    private String model = "";

    @Parameters(index = "1", paramLabel = "PREDICTION_ID", description = "As the prediction gave it.")
    private String predictionId = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "TRUTH", description = "The right label.")
    private @Nullable String truth;

    @Option(names = "--reward", paramLabel = "REWARD", description = "A score from 0 to 1 instead of a label.")
    private @Nullable Double reward;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Who labelled (default: app); labels are withdrawn by it.")
    private @Nullable String source;

    FeedbackCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        if ((truth == null) == (reward == null)) {
            throw output.wrongCall("Either TRUTH or --reward");
        }
        ObjectNode body = new Body()
                .with("prediction_id", predictionId)
                .with("truth", truth)
                .with("reward", reward)
                .with("source", source)
                .json();
        output.print(gateway.data().post(Resource.inference(model, "feedback"), body), FeedbackCommand::sentence);
        return 0;
    }

    private static String sentence(JsonNode result) {
        if (result.path("accepted").asInt() > 0) {
            return "accepted";
        }
        if (result.path("duplicate").asInt() > 0) {
            return "known already: the same was said before";
        }
        if (result.path("corrected").asInt() > 0) {
            return "kept as a correction: the first label counts";
        }
        return "too old: kept, but not counted";
    }
}
