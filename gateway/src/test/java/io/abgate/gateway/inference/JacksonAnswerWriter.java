package io.abgate.gateway.inference;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.abgate.gateway.http.Json;
import io.abgate.gateway.inference.OutputSelection.Output;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Route;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/** Writes answers with the generator of Jackson: what {@link AnswerWriter} is to write to the last byte. */
final class JacksonAnswerWriter {
    private final JsonGenerator json;
    private final PredictReply reply;
    private final KeptRows kept;

    private JacksonAnswerWriter(JsonGenerator json, PredictReply reply, KeptRows kept) {
        this.json = json;
        this.reply = reply;
        this.kept = kept;
    }

    /** The answer to a request; {@code tokens} are the prediction ids, a row each. */
    static Buffer write(
            String model,
            InferenceRequest request,
            Assignment assignment,
            Answered answered,
            List<String> tokens,
            KeptRows kept) {
        ByteArrayBuilder bytes = new ByteArrayBuilder();
        try (JsonGenerator json = Json.FACTORY.createGenerator(bytes)) {
            new JacksonAnswerWriter(json, answered.reply(), kept)
                    .writeAll(model, request, assignment, answered, tokens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private void writeAll(
            String model, InferenceRequest request, Assignment assignment, Answered answered, List<String> tokens)
            throws IOException {
        json.writeStartObject();
        if (request.id() != null) {
            json.writeStringField("id", request.id());
        }
        json.writeStringField("model_name", model);
        json.writeStringField(
                "model_version", Integer.toString(answered.version().version()));
        json.writeObjectFieldStart("parameters");
        json.writeStringField("route", answered.route().label());
        if (answered.route() == Route.ENSEMBLE) {
            json.writeStringField(
                    "voters",
                    answered.ballots().stream()
                            .filter(ballot -> ballot.reply() != null)
                            .map(ballot -> Integer.toString(ballot.version().version()))
                            .collect(Collectors.joining(",")));
        }
        json.writeNumberField("route_epoch", assignment.table().epoch());
        if (assignment.stale()) {
            json.writeBooleanField("route_stale", true);
        }
        json.writeStringField("prediction_id", String.join(",", tokens));
        if (kept.asksForAny() && reply.rows() == 1) {
            json.writeBooleanField("audit", true);
        } else if (kept.asksForAny()) {
            json.writeStringField("audit", kept.askedText());
        }
        json.writeEndObject();
        writeOutputs(request.outputs(), tokens);
        json.writeEndObject();
    }

    private void writeOutputs(OutputSelection outputs, List<String> tokens) throws IOException {
        json.writeArrayFieldStart("outputs");
        for (Output output : Output.values()) {
            if (outputs.has(output)) {
                writeOutput(output, tokens);
            }
        }
        json.writeEndArray();
    }

    private void writeOutput(Output output, List<String> tokens) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", output.label());
        switch (output) {
            case LABEL -> writeLabels();
            case CONFIDENCE -> writeConfidence();
            case PROBABILITIES -> writeProbabilities();
            case PREDICTION_ID -> writeTokens(tokens);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeLabels() throws IOException {
        startData("BYTES", reply.rows());
        for (int index : reply.label()) {
            json.writeString(reply.labels().get(index));
        }
    }

    private void writeConfidence() throws IOException {
        startData("FP64", reply.rows());
        for (double confidence : reply.confidence()) {
            json.writeNumber(confidence);
        }
    }

    private void writeProbabilities() throws IOException {
        startData("FP64", reply.rows(), reply.labels().size());
        for (double[] row : reply.probabilities()) {
            for (double probability : row) {
                json.writeNumber(probability);
            }
        }
    }

    private void writeTokens(List<String> tokens) throws IOException {
        startData("BYTES", tokens.size());
        for (String token : tokens) {
            json.writeString(token);
        }
    }

    private void startData(String datatype, int... shape) throws IOException {
        json.writeStringField("datatype", datatype);
        json.writeFieldName("shape");
        json.writeArray(shape, 0, shape.length);
        json.writeArrayFieldStart("data");
    }
}
