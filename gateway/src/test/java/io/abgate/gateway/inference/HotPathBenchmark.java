package io.abgate.gateway.inference;

import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.abgate.gateway.Models;
import io.abgate.gateway.Tables;
import io.abgate.gateway.health.Attempts;
import io.abgate.gateway.routing.InForce;
import io.abgate.gateway.security.NonceSource;
import io.abgate.gateway.security.PredictionTokens;
import io.abgate.model.ModelFormats;
import io.abgate.model.ModelRuntime;
import io.abgate.registry.contract.PredictReply;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.Stage;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What one prediction by a network of 24-12-24 is made of, step by step; HTTP is not among it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HotPathBenchmark {
    private static final int WORDS = 24;
    private static final int HIDDEN = 12;
    private static final long NOW = 1_700_000_000_000L;
    private static final KeptRows KEPT = KeptRows.first(0);

    private final byte[] body =
            "{\"inputs\":[{\"name\":\"context\",\"datatype\":\"BYTES\",\"shape\":[1,2],\"data\":[\"the\",\"w7\"]}]}"
                    .getBytes(UTF_8);
    private final RouteTable table = table(7, version(1, Stage.CHAMPION, 0.5), version(2, Stage.CANARY, 0.5));
    private final InForce inForce = new InForce(table, false, null);
    private final ModelRuntime runtime = network();
    private final InferenceRequest request = RequestReader.read(body, null, Models.CONTEXT);
    private final PredictReply reply = runtime.predict(request.input());
    private final Assignment assignment = Split.live(inForce, "alice");
    private final Answered answered = new Answered(assignment.version(), assignment.route(), reply, 0);
    private final IdIssuer issuer = new IdIssuer(new PredictionTokens(Tables.KEYS), new NonceSource());
    private final List<String> tokens =
            issuer.issue(assignment, answered, KEPT, NOW).tokens();
    private final AnswerWriter writer = new AnswerWriter();
    private final ModelMeters meters =
            new ModelMeters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), "next-word");
    private final Attempts attempts = new Attempts();

    private static ModelRuntime network() {
        Random random = new Random(1);
        JsonArray words =
                new JsonArray(IntStream.range(0, WORDS).mapToObj(i -> "w" + i).toList());
        JsonObject encoder = new JsonObject()
                .put("kind", "last-word")
                .put("vocabulary", words)
                .put("unknown", "w0");
        JsonArray layers =
                new JsonArray().add(layer("relu", WORDS, HIDDEN, random)).add(layer("softmax", HIDDEN, WORDS, random));
        JsonObject artifact = new JsonObject()
                .put("format", "abgate/dense-v1")
                .put("labels", words)
                .put("encoder", encoder)
                .put("layers", layers);
        return ModelFormats.installed().read(artifact.encode().getBytes(UTF_8)).newRuntime();
    }

    private static JsonObject layer(String activation, int inputs, int outputs, Random random) {
        JsonArray weights = new JsonArray();
        IntStream.range(0, inputs).forEach(row -> weights.add(numbers(outputs, random)));
        return new JsonObject()
                .put("activation", activation)
                .put("weights", weights)
                .put("bias", numbers(outputs, random));
    }

    private static JsonArray numbers(int count, Random random) {
        return new JsonArray(
                IntStream.range(0, count).mapToObj(i -> random.nextGaussian()).toList());
    }

    /** Bytes to an input and what else was asked. */
    @Benchmark
    public Object parse() {
        return RequestReader.read(body, null, Models.CONTEXT);
    }

    /** The same by the reader for all requests, Jackson's stream. */
    @Benchmark
    public Object parseByJackson() {
        return RequestReader.readAny(body, null, Models.CONTEXT);
    }

    /** Which of two versions. */
    @Benchmark
    public Object route() {
        return Split.live(inForce, null);
    }

    /** The network. */
    @Benchmark
    public Object infer() {
        return runtime.predict(request.input());
    }

    /** The signed id of one row. */
    @Benchmark
    public Object token() {
        return issuer.issue(assignment, answered, KEPT, NOW);
    }

    /** An answer to its bytes. */
    @Benchmark
    public Object print() {
        return writer.write("next-word", request, assignment, answered, tokens, KEPT);
    }

    /** The same by Jackson's generator. */
    @Benchmark
    public Object printByJackson() {
        return JacksonAnswerWriter.write("next-word", request, assignment, answered, tokens, KEPT);
    }

    /** What is counted of one answer. */
    @Benchmark
    public Object metrics() {
        meters.version(1).answered(assignment.route(), 1, 20_000);
        attempts.answered(NOW, 20_000, 1, 0.5);
        return meters;
    }
}
