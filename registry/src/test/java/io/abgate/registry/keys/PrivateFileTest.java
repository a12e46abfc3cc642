package io.abgate.registry.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFileTest {
    @TempDir
    private Path home;

    @Test
    void clearsAwayWhatAKilledWriterLeftButNobodyElses() throws IOException {
        Path abandoned = Files.createFile(home.resolve("routes.json1.new"));
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
        Path atWork = Files.createFile(home.resolve("routes.json2.new"));
        Path other = Files.createFile(home.resolve("overrides.json1.new"));

        PrivateFile.replace(home.resolve("routes.json"), "{}".getBytes(UTF_8));

        assertThat(home.resolve("routes.json")).hasContent("{}");
        assertThat(abandoned).doesNotExist();
        assertThat(atWork).exists();
        assertThat(other).exists();
    }
}
