package io.abgate.loadtest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.abgate.model.ModelFormats;
import io.abgate.model.ModelRuntime;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.Tensor;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The least that can serve a model over HTTP: one handler that parses as a stream, asks the network and prints. No router,
 * no split, no token, no metrics, no limits, no checks: what it costs is what anything in front of a model is measured
 * against.
 */
final class BareServer extends VerticleBase {
    private static final JsonFactory JSON = new JsonFactory();

    private final int port;
    private final String model;
    private final ModelRuntime runtime;

    private BareServer(int port, String model, ModelRuntime runtime) {
        this.port = port;
        this.model = model;
        this.runtime = runtime;
    }

    /** Serves on a port a model of a name, the artifact in a file, until the process ends. */
    public static void main(String[] arguments) throws IOException {
        ModelRuntime runtime = ModelFormats.installed()
                .read(Files.readAllBytes(Path.of(arguments[2])))
                .newRuntime();
        Vertx.vertx()
                .deployVerticle(new BareServer(Integer.parseInt(arguments[0]), arguments[1], runtime))
                .onFailure(failure -> {
                    failure.printStackTrace();
                    System.exit(1);
                });
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer().requestHandler(this::answer).listen(port, "127.0.0.1");
    }

    private void answer(HttpServerRequest request) {
        request.body().onSuccess(body -> request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(predict(body.getBytes())));
    }

    private Buffer predict(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            Question question = new Question();
            question.read(parser);
            return print(runtime.predict(question.tensor()), question.probabilities);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request with one input of strings. */
    private static final class Question {
        private final List<Long> shape = new ArrayList<>(2);
        private final List<String> data = new ArrayList<>();
        private String name = "";
        private boolean probabilities;

        void read(JsonParser parser) throws IOException {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "inputs" -> readInputs(parser);
                    case "outputs" -> readOutputs(parser);
                    default -> parser.skipChildren();
                }
            }
        }

        private void readInputs(JsonParser parser) throws IOException {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String field = parser.currentName();
                    parser.nextToken();
                    readInput(field, parser);
                }
            }
        }

        private void readInput(String field, JsonParser parser) throws IOException {
            switch (field) {
                case "name" -> name = parser.getText();
                case "shape" -> {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        shape.add(parser.getLongValue());
                    }
                }
                case "data" -> {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        data.add(parser.getText());
                    }
                }
                default -> parser.skipChildren();
            }
        }

        private void readOutputs(JsonParser parser) throws IOException {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    parser.nextToken();
                    probabilities |= "probabilities".equals(parser.getText());
                }
            }
        }

        Tensor tensor() {
            return Tensor.ofStrings(name, shape, data.toArray(String[]::new));
        }
    }

    private Buffer print(PredictReply reply, boolean probabilities) throws IOException {
        ByteArrayBuilder bytes = new ByteArrayBuilder();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("model_name", model);
            json.writeStringField("model_version", "1");
            json.writeArrayFieldStart("outputs");
            startOutput(json, "label", "BYTES", 0);
            json.writeString(reply.labels().get(reply.label()[0]));
            endOutput(json);
            startOutput(json, "confidence", "FP64", 0);
            json.writeNumber(reply.confidence()[0]);
            endOutput(json);
            if (probabilities) {
                startOutput(json, "probabilities", "FP64", reply.labels().size());
                for (double probability : reply.probabilities()[0]) {
                    json.writeNumber(probability);
                }
                endOutput(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static void startOutput(JsonGenerator json, String name, String datatype, int columns) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("datatype", datatype);
        json.writeArrayFieldStart("shape");
        json.writeNumber(1);
        if (columns > 0) {
            json.writeNumber(columns);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("data");
    }

    private static void endOutput(JsonGenerator json) throws IOException {
        json.writeEndArray();
        json.writeEndObject();
    }
}
