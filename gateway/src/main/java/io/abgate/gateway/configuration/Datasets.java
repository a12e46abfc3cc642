package io.abgate.gateway.configuration;

import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.ModelSettings.Data;
import io.abgate.registry.domain.ModelSettings.Rows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The folder of data sets: {@code .jsonl} and {@code .csv} files, gzipped if their names end in {@code .gz}. */
public final class Datasets {
    private final Folder folder;

    Datasets(Folder folder) {
        this.folder = folder;
    }

    /**
     * Reads rows of a model's data set, in their order.
     *
     * @throws ConfigurationException that names the file and the row, when the file is missing, too short or unsound
     */
    public List<Example> read(Data data, Rows rows) {
        String shown = folder.shown(data.dataset());
        try (BufferedReader reader = open(data.dataset())) {
            return read(reader, shown, data, rows);
        } catch (NoSuchFileException e) {
            throw ConfigurationException.expected(shown, "no such file", "a data set");
        } catch (IOException e) {
            throw new ConfigurationException(shown + ": cannot be read: " + e.getMessage());
        }
    }

    /** Refuses the name of a data set that is not here. */
    void require(Value dataset) {
        String name = dataset.text();
        dataset.require(RowFormat.of(name) != null, "a name that ends in .jsonl, .jsonl.gz, .csv or .csv.gz");
        dataset.require(!name.contains("/") && folder.has(name), "a file in " + folder.shown());
    }

    private static List<Example> read(BufferedReader reader, String shown, Data data, Rows rows) throws IOException {
        RowFormat format = Objects.requireNonNull(RowFormat.of(data.dataset()));
        List<Example> examples = new ArrayList<>(rows.count());
        for (int row = 0; row < rows.to(); row++) {
            String line = reader.readLine();
            if (line == null) {
                throw ConfigurationException.expected(shown, row + " rows", "at least " + rows.to());
            }
            if (row >= rows.from()) {
                examples.add(example(format, line, shown + ": row " + row, data));
            }
        }
        return List.copyOf(examples);
    }

    private static Example example(RowFormat format, String line, String where, Data data) {
        try {
            return format.read(line, data);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(where + ": " + e.getMessage());
        }
    }

    private BufferedReader open(String name) throws IOException {
        InputStream file = folder.open(name);
        try {
            InputStream rows = name.endsWith(".gz") ? new GZIPInputStream(file) : file;
            return new BufferedReader(new InputStreamReader(rows, StandardCharsets.UTF_8));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }
}
