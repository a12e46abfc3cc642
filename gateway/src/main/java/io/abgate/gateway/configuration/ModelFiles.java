package io.abgate.gateway.configuration;

import io.abgate.registry.domain.ModelSettings;
import java.util.List;

/** The folder with one file a model; the name of the file is the name of the model. */
final class ModelFiles {
    private static final String ENDING = ".yaml";

    private final Folder folder;
    private final ModelReader reader;

    ModelFiles(Folder folder, Datasets datasets, SuiteFiles suites) {
        this.folder = folder;
        this.reader = new ModelReader(datasets, suites);
    }

    List<ModelSettings> read() {
        List<String> files = folder.names(ENDING);
        if (files.isEmpty()) {
            throw ConfigurationException.expected(folder.shown(), "no model", "at least one NAME.yaml");
        }
        return files.stream().map(this::read).toList();
    }

    private ModelSettings read(String file) {
        Value root = folder.yaml(file);
        try {
            String name = file.substring(0, file.length() - ENDING.length());
            return reader.read(name, root);
        } catch (IllegalArgumentException e) { // a range that the domain refuses, by the same path
            throw new ConfigurationException(root.source() + ": " + e.getMessage());
        }
    }
}
