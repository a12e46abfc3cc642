package io.abgate.loadtest.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The data sets of the shipped models, packed into the jar: the rows that their settings give for replay. */
public final class ShippedData {
    private ShippedData() {}

    /** The rows for a model; nothing when it is not shipped. */
    public static Optional<List<Row>> of(String model) {
        try (InputStream settings = ShippedData.class.getResourceAsStream("/config/models/" + model + ".yaml")) {
            return settings == null
                    ? Optional.empty()
                    : Optional.of(rows(new YAMLMapper().readTree(settings).path("data")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Row> rows(JsonNode data) throws IOException {
        String name = data.path("dataset").asText();
        Fields fields = new Fields(
                List.of(data.path("inputField").asText("input")),
                List.of(data.path("truthField").asText("truth")));
        try (InputStream in =
                Objects.requireNonNull(ShippedData.class.getResourceAsStream("/config/datasets/" + name))) {
            List<Row> all = DataFile.read(in, name, fields);
            JsonNode replay = data.path("replay");
            return all.subList(replay.path("from").asInt(), replay.path("to").asInt());
        }
    }
}
