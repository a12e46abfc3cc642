package io.abgate.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.flywaydb.core.api.resource.Resource;
import org.junit.jupiter.api.Test;

final class MigrationsTest {
    private final Migrations migrations = new Migrations();

    @Test
    void namesEveryMigrationThatIsPacked() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(Migrations.class.getResource("/" + Migrations.FOLDER))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Migrations.FILES);
        }
    }

    @Test
    void givesWhatIsAskedForAndNothingElse() {
        assertThat(migrations.getResources("V", new String[] {".sql"}))
                .extracting(Resource::getFilename)
                .containsExactlyElementsOf(Migrations.FILES);
        assertThat(migrations.getResources("R", new String[] {".sql"})).isEmpty();
        assertThat(migrations.getResources("V", new String[] {".java"})).isEmpty();
        assertThat(migrations.getResource("V1__ledger.sql")).isNotNull();
        assertThat(migrations.getResource("beforeMigrate.sql")).isNull();
    }
}
