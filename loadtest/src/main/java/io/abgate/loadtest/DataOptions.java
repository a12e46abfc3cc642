package io.abgate.loadtest;

import io.abgate.loadtest.data.DataException;
import io.abgate.loadtest.data.DataFile;
import io.abgate.loadtest.data.Fields;
import io.abgate.loadtest.data.Row;
import io.abgate.loadtest.data.ShippedData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where inputs and truths come from. */
final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "FILE",
            description =
                    "Rows with their truth: .jsonl or .csv, also .gz. Default: those that a shipped model is replayed with.")
    private @Nullable Path file;

    @Option(
            names = "--input-field",
            paramLabel = "NAME",
            description = "Field of the input. Default: the name of the model's input, else input.")
    private @Nullable String inputField;

    @Option(
            names = "--truth-field",
            paramLabel = "NAME",
            description = "Field of the truth. Default: truth, else label.")
    private @Nullable String truthField;

    @Option(names = "--rows", paramLabel = "N", description = "Sends only the first so many rows, again and again.")
    private @Nullable Integer most;

    /**
     * The rows for a model.
     *
     * @param tensor name of its input
     */
    List<Row> rows(String model, String tensor) {
        List<Row> rows = file == null
                ? ShippedData.of(model)
                        .orElseThrow(() -> new CannotRunException(
                                "--data: none (expected: a file, as " + model + " is no shipped model)"))
                : read(file, tensor);
        return most == null ? rows : rows.subList(0, Math.min(most, rows.size()));
    }

    private List<Row> read(Path given, String tensor) {
        Fields fields = Fields.usual(tensor);
        if (inputField != null) {
            fields = fields.input(inputField);
        }
        if (truthField != null) {
            fields = fields.truth(truthField);
        }
        try {
            return DataFile.read(given, fields);
        } catch (DataException e) {
            throw new CannotRunException(e.getMessage());
        }
    }

    void check(WrongCall wrongCall) {
        wrongCall.unless(most == null || most > 0, "--rows: " + most + " (expected: at least 1)");
    }

    void describe(Map<String, String> settings, int rows) {
        settings.put("data", (file == null ? "the model's own" : file.toString()) + ", " + rows + " rows");
    }
}
