package io.abgate.gateway.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.abgate.gateway.inference.OutputSelection.Output;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Route;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Collectors;

/** Writes answers of the Open Inference Protocol v2 as JSON. Has a buffer, so each event loop needs its own. */
final class AnswerWriter {
    private static final byte[] ID = ascii("{\"id\":");
    private static final byte[] AFTER_ID = ascii(",\"model_name\":");
    private static final byte[] NAME = ascii("{\"model_name\":");
    private static final byte[] VERSION = ascii(",\"model_version\":\"");
    private static final byte[] ROUTE = ascii("\",\"parameters\":{\"route\":\"");
    private static final byte[] VOTERS = ascii("\",\"voters\":\"");
    private static final byte[] EPOCH = ascii("\",\"route_epoch\":");
    private static final byte[] STALE = ascii(",\"route_stale\":true");
    private static final byte[] PREDICTION_ID = ascii(",\"prediction_id\":\"");
    private static final byte[] ASKED = ascii(",\"audit\":true");
    private static final byte[] ASKED_ROWS = ascii(",\"audit\":\"");
    private static final byte[] OUTPUTS = ascii("},\"outputs\":[");
    private static final byte[] END = ascii("]}");
    private static final byte[] LABEL = output(Output.LABEL, "BYTES");
    private static final byte[] CONFIDENCE = output(Output.CONFIDENCE, "FP64");
    private static final byte[] PROBABILITIES = output(Output.PROBABILITIES, "FP64");
    private static final byte[] TOKENS = output(Output.PREDICTION_ID, "BYTES");
    private static final byte[] DATA = ascii("],\"data\":[");
    private static final Output[] ALL = Output.values();

    private final JsonBytes json = new JsonBytes();

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    private static byte[] output(Output output, String datatype) {
        return ascii("{\"name\":\"" + output.label() + "\",\"datatype\":\"" + datatype + "\",\"shape\":[");
    }

    /**
     * The answer to a request.
     *
     * @param tokens prediction ids, a row each, of letters, digits, - and _
     * @param kept says whose label is asked for
     */
    Buffer write(
            String model,
            InferenceRequest request,
            Assignment assignment,
            Answered answered,
            List<String> tokens,
            KeptRows kept) {
        json.clear();
        if (request.id() == null) {
            json.raw(NAME);
        } else {
            json.raw(ID).string(request.id()).raw(AFTER_ID);
        }
        json.string(model).raw(VERSION).number(answered.version().version());
        json.raw(ROUTE).ascii(answered.route().label());
        if (answered.route() == Route.ENSEMBLE) {
            json.raw(VOTERS).ascii(voters(answered));
        }
        json.raw(EPOCH).number(assignment.table().epoch());
        if (assignment.stale()) {
            json.raw(STALE);
        }
        json.raw(PREDICTION_ID);
        writeJoined(tokens);
        json.raw('"');
        if (kept.asksForAny()) {
            writeAudit(answered.reply().rows(), kept);
        }
        json.raw(OUTPUTS);
        writeOutputs(request.outputs(), answered.reply(), tokens);
        return json.raw(END).toBuffer();
    }

    private static String voters(Answered answered) {
        return answered.ballots().stream()
                .filter(ballot -> ballot.reply() != null)
                .map(ballot -> Integer.toString(ballot.version().version()))
                .collect(Collectors.joining(","));
    }

    /** Of one row there is nothing to choose from. */
    private void writeAudit(int rows, KeptRows kept) {
        if (rows == 1) {
            json.raw(ASKED);
        } else {
            json.raw(ASKED_ROWS).ascii(kept.askedText()).raw('"');
        }
    }

    private void writeJoined(List<String> tokens) {
        for (int row = 0; row < tokens.size(); row++) {
            separate(row).ascii(tokens.get(row));
        }
    }

    private void writeOutputs(OutputSelection outputs, PredictReply reply, List<String> tokens) {
        boolean isFirst = true;
        for (Output output : ALL) {
            if (outputs.has(output)) {
                separate(isFirst ? 0 : 1);
                isFirst = false;
                writeOutput(output, reply, tokens);
                json.raw(END);
            }
        }
    }

    private void writeOutput(Output output, PredictReply reply, List<String> tokens) {
        switch (output) {
            case LABEL -> writeLabels(reply);
            case CONFIDENCE -> writeConfidence(reply);
            case PROBABILITIES -> writeProbabilities(reply);
            case PREDICTION_ID -> writeTokens(tokens);
        }
    }

    private void writeLabels(PredictReply reply) {
        json.raw(LABEL).number(reply.rows()).raw(DATA);
        for (int row = 0; row < reply.rows(); row++) {
            separate(row).string(reply.labels().get(reply.label()[row]));
        }
    }

    private void writeConfidence(PredictReply reply) {
        json.raw(CONFIDENCE).number(reply.rows()).raw(DATA);
        for (int row = 0; row < reply.rows(); row++) {
            separate(row).number(reply.confidence()[row]);
        }
    }

    private void writeProbabilities(PredictReply reply) {
        int labels = reply.labels().size();
        json.raw(PROBABILITIES).number(reply.rows()).raw(',').number(labels).raw(DATA);
        int written = 0;
        for (double[] row : reply.probabilities()) {
            for (double probability : row) {
                separate(written++).number(probability);
            }
        }
    }

    private void writeTokens(List<String> tokens) {
        json.raw(TOKENS).number(tokens.size()).raw(DATA);
        for (int row = 0; row < tokens.size(); row++) {
            separate(row).raw('"').ascii(tokens.get(row)).raw('"');
        }
    }

    private JsonBytes separate(int before) {
        return before == 0 ? json : json.raw(',');
    }
}
