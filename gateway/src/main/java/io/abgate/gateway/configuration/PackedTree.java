package io.abgate.gateway.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * The defaults that are packed as {@code config/}, known by name: to look for them would take reading through the whole
 * jar, at each start.
 *
 * @param path from {@code config/}, which ends with a slash unless it is empty
 */
record PackedTree(String path) implements FileTree {
    static final List<String> FILES = List.of(
            "abgate.yaml",
            "datasets/digits.csv.gz",
            "datasets/mail.jsonl.gz",
            "datasets/next-word.jsonl",
            "models/digits.yaml",
            "models/mail.yaml",
            "models/next-word.yaml",
            "suites/digits.yaml",
            "suites/mail.yaml",
            "suites/next-word.yaml");

    static final Folder ROOT = new Folder(new PackedTree(""), "jar:config");

    @Override
    public boolean exists() {
        return FILES.stream().anyMatch(file -> file.startsWith(path));
    }

    @Override
    public FileTree folder(String name) {
        return new PackedTree(path + name + "/");
    }

    @Override
    public boolean has(String name) {
        return FILES.contains(path + name);
    }

    @Override
    public InputStream open(String name) throws IOException {
        InputStream file = has(name) ? PackedTree.class.getResourceAsStream("/config/" + path + name) : null;
        if (file == null) {
            throw new NoSuchFileException(path + name);
        }
        return file;
    }

    @Override
    public List<String> names() {
        return FILES.stream()
                .filter(file -> file.startsWith(path) && file.indexOf('/', path.length()) < 0)
                .map(file -> file.substring(path.length()))
                .toList();
    }
}
