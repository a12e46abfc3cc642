package io.abgate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.registry.contract.StoreBinding;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class ArtifactCacheTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Model MODEL = SmallModels.text(1);
    private static final String SHA = MODEL.sha256();

    @TempDir
    Path home;

    @Test
    void keepsWhatOnlyItsOwnerReads() throws IOException {
        cache().keep(SHA, MODEL.artifact());
        assertThat(cache().find(SHA))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(MODEL.artifact()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(SHA))))
                .isEqualTo("rw-------");
    }

    @Test
    void deletesWhatIsNotWhatItsNameSays() throws IOException {
        cache().keep(SHA, new byte[] {1});
        assertThat(cache().find(SHA)).isEmpty();
        assertThat(file(SHA)).doesNotExist();
    }

    @Test
    void looksNowhereElse() {
        assertThatThrownBy(() -> cache().find("../token.keys")).hasMessageStartingWith("sha256: ../token.keys");
    }

    @Test
    void removesWhatWasNeitherNamedNorUsedForADay() throws IOException {
        String named = "a".repeat(64);
        String fresh = "b".repeat(64);
        for (String sha : new String[] {SHA, named, fresh}) {
            cache().keep(sha, MODEL.artifact());
            Instant used = NOW.minus(sha.equals(fresh) ? Duration.ofHours(23) : Duration.ofHours(25));
            Files.setLastModifiedTime(file(sha), FileTime.from(used));
        }
        cache().sweep(Set.of(named));
        assertThat(home.resolve("artifacts").toFile().list()).containsExactlyInAnyOrder(named, fresh);
    }

    @Test
    void aDamagedArtifactIsFetchedAgain(Vertx vertx) throws IOException, TimeoutException {
        FakeRegistry registry = new FakeRegistry(vertx);
        registry.store(MODEL);
        load(vertx);
        load(vertx);
        assertThat(registry.fetched).containsExactly(SHA);

        Files.write(file(SHA), new byte[] {1, 2, 3});
        load(vertx);
        assertThat(registry.fetched).containsExactly(SHA, SHA);
        assertThat(Files.readAllBytes(file(SHA))).isEqualTo(MODEL.artifact());
    }

    @Test
    void aDiskThatFailsOnlyCostsAFetch(Vertx vertx) throws IOException, TimeoutException {
        FakeRegistry registry = new FakeRegistry(vertx);
        registry.store(MODEL);
        Files.writeString(home.resolve("artifacts"), "a file where the folder should be");
        load(vertx);
        load(vertx);
        assertThat(registry.fetched).containsExactly(SHA, SHA);
    }

    private void load(Vertx vertx) throws TimeoutException {
        ArtifactLoader loader = new ArtifactLoader(vertx, ModelFormats.installed(), cache(), new StoreBinding());
        assertThat(loader.load(SHA).await(10, TimeUnit.SECONDS).sha256()).isEqualTo(SHA);
    }

    private ArtifactCache cache() {
        return new ArtifactCache(home, () -> NOW);
    }

    private Path file(String sha) {
        return home.resolve("artifacts").resolve(sha);
    }
}
