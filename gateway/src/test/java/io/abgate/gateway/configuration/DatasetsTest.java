package io.abgate.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.ModelSettings.Data;
import io.abgate.registry.domain.ModelSettings.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetsTest {
    private static final Rows NONE = new Rows(0, 0);

    @TempDir
    private Path folder;

    @Test
    void holdsEveryRowThatTheShippedModelsName() {
        Configuration configuration = Configuration.load(null, Map.of(), List.of());

        for (ModelSettings model : configuration.models()) {
            Data data = model.data();
            for (Rows rows : List.of(data.first(), data.evaluation(), data.replay())) {
                assertThat(configuration.datasets().read(data, rows)).hasSize(rows.count());
            }
        }
    }

    @Test
    void givesTheInputAsJsonText() throws IOException {
        Datasets datasets = new Datasets(Folder.onDisk(folder, "datasets"));
        write(
                "a.jsonl",
                "{\"in\":\"free \\\"money\\\"\",\"out\":\"spam\"}\n{\"in\":[\"the\",\"cat\"],\"out\":\"sat\"}\n");
        write("b.csv", "0, 13,-0.5,1e3,007,-0,1234567890123,7\n");

        assertThat(datasets.read(fields("a.jsonl"), new Rows(0, 2)))
                .containsExactly(
                        new Example("\"free \\\"money\\\"\"", "spam"), new Example("[\"the\",\"cat\"]", "sat"));
        assertThat(datasets.read(fields("a.jsonl"), new Rows(1, 2)))
                .containsExactly(new Example("[\"the\",\"cat\"]", "sat"));
        assertThat(datasets.read(fields("b.csv"), new Rows(0, 1)))
                .containsExactly(new Example("[0,13,-0.5,1E+3,7,0,1234567890123]", "7"));
    }

    @Test
    void readsTheShippedRowsAsTheyAre() {
        Configuration configuration = Configuration.load(null, Map.of(), List.of());
        Data digits = configuration.models().get(0).data();
        Data words = configuration.models().get(2).data();

        assertThat(configuration.datasets().read(digits, new Rows(0, 1)).get(0).truth())
                .isEqualTo("0");
        assertThat(configuration.datasets().read(digits, new Rows(0, 1)).get(0).input())
                .startsWith("[0,0,5,13,9,1,0,0,")
                .hasSizeLessThan(200);
        assertThat(configuration.datasets().read(words, new Rows(0, 1)))
                .containsExactly(new Example("[\"the\",\"cat\"]", "sat"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a.jsonl | {\"in\":\"x\"} | row 0: no text in the field out",
                "a.jsonl | {\"in\":1,\"out\":\"x\"} | row 0: no text or list in the field in",
                "a.jsonl | oops | row 0: no JSON",
                "a.jsonl | [] | row 0: no text or list in the field in",
                "a.csv | 1,x,3 | row 0: no number: x",
                "a.csv | 1,NaN,3 | row 0: no number: NaN",
                "a.csv | 1 | row 0: no truth after numbers",
            })
    void refusesABadRowNamingFileAndRow(String file, String row, String message) throws IOException {
        write(file, row + "\n");
        Datasets datasets = new Datasets(Folder.onDisk(folder, "datasets"));

        assertThatThrownBy(() -> datasets.read(fields(file), new Rows(0, 1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("datasets/" + file + ": " + message);
    }

    @Test
    void refusesAFileThatIsMissingOrTooShortOrNotCompressed() throws IOException {
        Datasets datasets = new Datasets(Folder.onDisk(folder, "datasets"));
        write("short.csv", "1,2\n");
        write("plain.csv.gz", "1,2\n");

        assertThatThrownBy(() -> datasets.read(fields("none.csv"), new Rows(0, 1)))
                .hasMessage("datasets/none.csv: no such file (expected: a data set)");
        assertThatThrownBy(() -> datasets.read(fields("short.csv"), new Rows(0, 2)))
                .hasMessage("datasets/short.csv: 1 rows (expected: at least 2)");
        assertThatThrownBy(() -> datasets.read(fields("plain.csv.gz"), new Rows(0, 1)))
                .hasMessage("datasets/plain.csv.gz: cannot be read: Not in GZIP format");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static Data fields(String dataset) {
        return new Data(dataset, "in", "out", NONE, NONE, NONE);
    }
}
