package io.abgate.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A model so small that a process is soon there: is the sum of two numbers below zero or not? */
final class Sides {
    static final String NAME = "sides";
    private static final String CONFIG = Path.of("src", "test", "resources", "sides", "abgate.yaml")
            .toAbsolutePath()
            .toString();

    private Sides() {}

    /** Two numbers. */
    record Point(double x, double y) {
        static Point random(Random random) {
            return new Point(random.nextDouble() - 0.5, random.nextDouble() - 0.5);
        }

        /** The side on which it is. */
        String truth() {
            return x + y < 0 ? "left" : "right";
        }
    }

    /** What makes a process serve this model alone, and whatever else it is told. */
    static String[] and(List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("--config", CONFIG));
        arguments.addAll(more);
        return arguments.toArray(String[]::new);
    }

    /** Copies the model's configuration into a folder, with one text in it replaced; gives the file to start with. */
    static String configuration(Path folder, String text, String by) throws IOException {
        Path from = Path.of(CONFIG).resolveSibling("");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path copy = folder.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.resolveSibling(""));
                Files.writeString(copy, Files.readString(file).replace(text, by));
            }
        }
        return folder.resolve("abgate.yaml").toString();
    }

    /** A request for the predictions of these points. */
    static HttpRequest.Builder infer(GatewayClient client, List<Point> points) {
        List<List<Double>> rows =
                points.stream().map(point -> List.of(point.x(), point.y())).toList();
        return client.data("/v2/models/" + NAME + "/infer")
                .POST(GatewayClient.body(GatewayClient.inputs("point", "FP64", rows)));
    }

    /** Prediction ids in an answer, in the order of the points. */
    static List<String> ids(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        GatewayClient.output(answer, "prediction_id").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    /** Whether a prediction is answered. */
    static boolean answers(GatewayClient client) throws IOException {
        return GatewayClient.send(infer(client, List.of(new Point(0.25, 0.5)))).statusCode() == 200;
    }
}
