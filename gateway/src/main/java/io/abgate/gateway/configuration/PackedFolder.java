package io.abgate.gateway.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Objects;

/** Finds the defaults that are packed as {@code config/}, in the runnable jar or in a folder of classes. */
final class PackedFolder {
    // stays open for the life of the process: data sets are read whenever a version is trained
    private static final Folder ROOT = locate();

    private PackedFolder() {}

    static Folder root() {
        return ROOT;
    }

    private static Folder locate() {
        URL settings = Objects.requireNonNull(PackedFolder.class.getResource("/config/abgate.yaml"));
        try {
            return new Folder(folder(settings.toURI()), "jar:config");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(URI settings) throws IOException {
        if (!"jar".equals(settings.getScheme())) {
            return Objects.requireNonNull(Path.of(settings).getParent());
        }
        String inside = settings.getRawSchemeSpecificPart();
        Path jar = Path.of(URI.create(inside.substring(0, inside.indexOf("!/"))));
        return FileSystems.newFileSystem(jar, (ClassLoader) null).getPath("/config");
    }
}
