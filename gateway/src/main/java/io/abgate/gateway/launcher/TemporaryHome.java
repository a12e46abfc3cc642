package io.abgate.gateway.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A place for state that nobody wants to keep, on free ports. */
record TemporaryHome(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryHome.class);

    static TemporaryHome create() throws IOException {
        return new TemporaryHome(Files.createTempDirectory("abgate-"));
    }

    /** What is set for a process that keeps its state here. */
    List<String> assignments() {
        return List.of("data.port=0", "admin.port=0", "home=" + folder);
    }

    void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("{} is left behind: {}", folder, e.toString());
        }
    }
}
