package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A process with one event loop for predictions of one model, whose cost can be measured from outside. */
final class OneLoop {
    /** One processor for whoever serves, and the others for whoever asks. */
    static final Launch LAUNCH = new Launch(List.of("-XX:ActiveProcessorCount=1", "-Xms256m", "-Xmx256m"), Map.of());

    /** The same, but slow, so that fewer requests than a client can send are too many. */
    static final Launch SLOW = new Launch(
            List.of("-XX:ActiveProcessorCount=1", "-XX:TieredStopAtLevel=1", "-Xms256m", "-Xmx256m"), Map.of());

    /** A request for one prediction. */
    static final String BODY =
            "{\"inputs\":[{\"name\":\"context\",\"datatype\":\"BYTES\",\"shape\":[1,2],\"data\":[\"the\",\"cat\"]}]}";

    private OneLoop() {}

    /** A request for so many predictions. */
    static String body(int rows) {
        String data = String.join(",", Collections.nCopies(rows, "\"the\",\"cat\""));
        return BODY.replace("[1,2]", "[" + rows + ",2]").replace("\"the\",\"cat\"", data);
    }

    /** The shipped settings, but no copies of inputs: storing them is another's work in the same process. */
    static Path settings(Path folder, String name) throws IOException {
        return settings(folder, name, 0);
    }

    /** The shipped settings, but copies of at most so many inputs a second, of the 10,000 that are shipped. */
    static Path settings(Path folder, String name, int samples) throws IOException {
        Path models = Files.createDirectories(folder.resolve("models"));
        Path shipped = Path.of("..", "config");
        String model = Files.readString(shipped.resolve("models/" + name + ".yaml"));
        String line = "samplesPerSecond: 10000";
        assertThat(model).contains(line);
        Files.writeString(models.resolve(name + ".yaml"), model.replace(line, "samplesPerSecond: " + samples));
        return Files.copy(shipped.resolve("abgate.yaml"), folder.resolve("abgate.yaml"));
    }
}
