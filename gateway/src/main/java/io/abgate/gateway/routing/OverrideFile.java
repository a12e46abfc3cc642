package io.abgate.gateway.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.Seal;
import io.abgate.registry.keys.SealedFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The overrides of one gateway in the file {@code overrides.json} of its home. Of gateways that share a home one has
 * the file, from its start to its end: an override is one gateway's own.
 */
public final class OverrideFile implements AutoCloseable {
    /** Name of the file within the home directory. */
    public static final String FILE = "overrides.json";

    private static final Logger LOG = LoggerFactory.getLogger(OverrideFile.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path path;
    private final Path lockPath;
    private final SealedFile file;
    private @Nullable FileChannel channel;
    private @Nullable FileLock lock;

    /** The file in a home directory. */
    public OverrideFile(Path home, KeyRing keys) {
        path = home.resolve(FILE);
        lockPath = home.resolve("overrides.lock");
        file = new SealedFile(path, new Seal(keys, "overrides"));
    }

    private record Content(List<Overriding> overrides) {}

    /** Takes the file for this process, if no other has it; says whether it is ours. */
    boolean open() throws IOException {
        if (channel == null) {
            channel = FileChannel.open(lockPath, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) { // another gateway of this very process
            LOG.warn("{} is not ours: {}", lockPath, e.toString());
        }
        return lock != null;
    }

    /** What the file says; nothing when there is none, or none that can be trusted. */
    List<Overriding> load() {
        try {
            String text = file.read().orElse("{\"overrides\":[]}");
            return MAPPER.readValue(text, Content.class).overrides();
        } catch (JsonProcessingException e) {
            LOG.warn("overrides are not resumed: {} is of another release of abgate", path);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("overrides are not resumed: {}", e.getMessage());
        }
        return List.of();
    }

    void save(List<Overriding> overrides) throws IOException {
        file.write(MAPPER.writeValueAsString(new Content(overrides)));
    }

    /** Leaves the file to another process. */
    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
