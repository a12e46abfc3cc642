package io.abgate.model.routing;

import static io.abgate.model.routing.Sealing.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.model.routing.RouteCopy.Content;
import io.abgate.model.routing.RouteCopy.Saved;
import io.abgate.registry.keys.KeyRing;
import io.abgate.registry.keys.TokenKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteCopyTest {
    private static final Content CONTENT = new Content(
            "store", 1_000, List.of(new Saved(table("mail", 6), 900), new Saved(table("next \"word\"", 7), 901)));

    @TempDir
    Path home;

    @Test
    void saysAfterwardsWhatWasSaved() throws IOException {
        RouteCopy copy = copy();
        assertThat(copy.load()).isEmpty();
        copy.save(CONTENT);
        assertThat(copy().load()).contains(CONTENT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(home.toFile().list()).containsExactly(RouteCopy.FILE);
    }

    @Test
    void aCopyCutOffAtAnyByteIsNotUsed() throws IOException {
        copy().save(CONTENT);
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThat(copy().load()).as("%s bytes", length).isEmpty();
        }
    }

    @Test
    void aCopyWithAnyFlippedBitIsNotUsed() throws IOException {
        copy().save(CONTENT);
        byte[] whole = Files.readAllBytes(file());
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file(), flipped);
            assertThat(copy().load()).as("bit %s", bit).isEmpty();
        }
    }

    @Test
    void aCopySealedByAnotherInstallationOrForAnotherPurposeIsNotUsed() throws IOException {
        new RouteCopy(home, KeyRing.of(TokenKeys.random())).save(CONTENT);
        assertThat(copy().load()).isEmpty();
    }

    @Test
    void aCopyThatIsAFolderIsNotUsed() throws IOException {
        Files.createDirectory(file());
        assertThat(copy().load()).isEmpty();
    }

    @Test
    void whatAWriterLeftUnfinishedIsIgnored() throws IOException {
        copy().save(CONTENT);
        Files.writeString(home.resolve(RouteCopy.FILE + "123.new"), "{\"seal\":\"1:");
        assertThat(copy().load()).contains(CONTENT);
    }

    private RouteCopy copy() {
        return new RouteCopy(home, Sealing.KEYS);
    }

    private Path file() {
        return home.resolve(RouteCopy.FILE);
    }
}
