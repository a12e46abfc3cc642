package io.abgate.model;

import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Sha256;
import io.abgate.registry.keys.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Artifacts that this node has fetched, a file named by its SHA-256 each, so that it serves again without a registry.
 * It blocks, and a disk that fails only costs a fetch.
 */
public final class ArtifactCache {
    private static final Logger LOG = LoggerFactory.getLogger(ArtifactCache.class);
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
    private static final Duration KEPT_UNUSED = Duration.ofDays(1);

    private final Path folder;
    private final InstantSource clock;

    /** The cache in a home directory. */
    public ArtifactCache(Path home, InstantSource clock) {
        this.folder = home.resolve("artifacts");
        this.clock = clock;
    }

    /** The artifact of this name, if it is here as it was stored; one that is not is deleted. */
    Optional<byte[]> find(String sha256) {
        Path file = file(sha256);
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (Sha256.of(bytes).equals(sha256)) {
                used(file);
                return Optional.of(bytes);
            }
            LOG.warn("{} is not what its name says, and is fetched again", file);
            Files.delete(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} is fetched again: {}", file, e.toString());
        }
        return Optional.empty();
    }

    /** On a disk that takes nothing it only looks older than it is. */
    private void used(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (IOException e) {
            LOG.debug("{} is not marked as used: {}", file, e.toString());
        }
    }

    /** Keeps an artifact whose bytes were verified. */
    void keep(String sha256, byte[] bytes) {
        try {
            PrivateFile.replace(file(sha256), bytes);
        } catch (IOException e) {
            LOG.warn("artifact {} is not kept on disk: {}", sha256, e.toString());
        }
    }

    /** Removes what was neither named nor used for a day. */
    void sweep(Set<String> named) {
        FileTime oldest = FileTime.from(clock.instant().minus(KEPT_UNUSED));
        try {
            for (Path file : files()) {
                boolean wanted = named.contains(file.getFileName().toString());
                if (!wanted && Files.getLastModifiedTime(file).compareTo(oldest) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("{} is not tidied: {}", folder, e.toString());
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private Path file(String sha256) {
        Check.that(NAME.matcher(sha256).matches(), "sha256", sha256, "64 hexadecimal digits in lower case");
        return folder.resolve(sha256);
    }
}
