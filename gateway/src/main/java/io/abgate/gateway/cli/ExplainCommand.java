package io.abgate.gateway.cli;

import io.abgate.gateway.client.CommandFailedException;
import io.abgate.gateway.client.Resource;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows why something was decided, or what a prediction id says. */
@Command(
        name = "explain",
        description = {
            "Show why: of a receipt, or of the newest one of a model.",
            "Given a prediction id, show what it says, and what was said of it since."
        })
final class ExplainCommand implements Callable<Integer> {
    private static final Pattern RECEIPT = Pattern.compile("\\d{1,19}");
    /** A prediction id has 88 characters. */
    private static final Pattern MODEL = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Parameters(
            index = "0",
            paramLabel = "MODEL|RECEIPT|PREDICTION_ID",
            description = "Name of a model, number of a receipt, or an id as the prediction gave it.")
    private String subject = "";

    ExplainCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() {
        if (RECEIPT.matcher(subject).matches()) {
            why(subject);
        } else if (MODEL.matcher(subject).matches()) {
            why(newest());
        } else {
            output.print(gateway.admin().get(Resource.admin("predictions", subject)), Lines::of);
        }
        return 0;
    }

    private void why(String receipt) {
        output.print(gateway.admin().get(Resource.admin("receipts", receipt)), ReceiptText::why);
    }

    private String newest() {
        String receipt = gateway.admin()
                .get(Resource.model(subject))
                .json()
                .path("receipt")
                .asText("");
        if (receipt.isEmpty() || receipt.equals("null")) {
            throw new CommandFailedException(subject + ": no verdict yet, so there is no receipt");
        }
        return receipt;
    }
}
