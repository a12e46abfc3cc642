package io.abgate.gateway.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackedTreeTest {
    private static final Path SHIPPED = Path.of("..", "config");

    /** A packed file. */
    static String text(String file) throws IOException {
        try (InputStream in = PackedTree.ROOT.open(file)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void knowsEveryFileThatIsShipped() throws IOException {
        try (Stream<Path> files = Files.walk(SHIPPED)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> SHIPPED.relativize(file).toString())
                            .filter(file -> !file.endsWith(".md")))
                    .containsExactlyInAnyOrderElementsOf(PackedTree.FILES);
        }
        for (String file : PackedTree.FILES) {
            try (InputStream in = PackedTree.ROOT.open(file)) {
                assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(SHIPPED.resolve(file)));
            }
        }
    }

    @Test
    void isAFolderWithFolders() {
        Folder models = PackedTree.ROOT.folder("models");
        assertThat(PackedTree.ROOT.names(".yaml")).containsExactly("abgate.yaml");
        assertThat(models.exists()).isTrue();
        assertThat(models.names(".yaml")).containsExactly("digits.yaml", "mail.yaml", "next-word.yaml");
        assertThat(models.names(".json")).isEmpty();
        assertThat(models.has("mail.yaml")).isTrue();
        assertThat(models.has("none.yaml")).isFalse();
        assertThat(PackedTree.ROOT.folder("model").exists()).isFalse();
    }

    @Test
    void hasNothingElse() {
        assertThatThrownBy(() -> PackedTree.ROOT.open("datasets/none.csv")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> PackedTree.ROOT.open("../logback.xml")).isInstanceOf(NoSuchFileException.class);
    }
}
