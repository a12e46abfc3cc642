package io.abgate.gateway.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Where files are that operators edit. */
sealed interface FileTree permits DiskTree, PackedTree {
    /** Whether there is such a folder. */
    boolean exists();

    /** The folder of this name in this one. */
    FileTree folder(String name);

    /** Whether there is such a file. */
    boolean has(String name);

    /**
     * The file of this name, to be read from its beginning.
     *
     * @throws NoSuchFileException when there is no such file
     */
    InputStream open(String name) throws IOException;

    /** Names of what is in the folder. */
    List<String> names() throws IOException;
}
