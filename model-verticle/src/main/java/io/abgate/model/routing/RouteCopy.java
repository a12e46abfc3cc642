package io.abgate.model.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.Seal;
import io.abgate.registry.keys.SealedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of a process in the file {@code routes.json} of its home, for a start without a registry. */
public final class RouteCopy {
    /** Name of the file within the home directory. */
    public static final String FILE = "routes.json";

    private static final Logger LOG = LoggerFactory.getLogger(RouteCopy.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path path;
    private final SealedFile file;

    /** The copy in a home directory. */
    public RouteCopy(Path home, KeyRing keys) {
        path = home.resolve(FILE);
        file = new SealedFile(path, new Seal(keys, "route-copy"));
    }

    /**
     * A table in the copy.
     *
     * @param confirmedAt when a registry last said that it is in force, in milliseconds since 1970
     */
    record Saved(RouteTable table, long confirmedAt) {
        long ageNanos(long wallMillis) {
            return TimeUnit.MILLISECONDS.toNanos(Math.max(0, wallMillis - confirmedAt));
        }
    }

    /** All of the copy. */
    record Content(String storeId, long savedAt, List<Saved> tables) {}

    void save(Content content) throws IOException {
        file.write(MAPPER.writeValueAsString(content));
    }

    /** What the copy says; nothing when there is none, or none that can be trusted. */
    Optional<Content> load() {
        try {
            Optional<String> text = file.read();
            return text.isPresent() ? Optional.of(parse(text.get())) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("the route copy is not used: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Content parse(String text) {
        try {
            return MAPPER.readValue(text, Content.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(path + ": of another release of abgate: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
