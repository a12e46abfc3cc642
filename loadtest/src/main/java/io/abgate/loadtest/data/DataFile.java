package io.abgate.loadtest.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads a {@code .jsonl} or {@code .csv} file, gzipped if its name ends in {@code .gz}. */
public final class DataFile {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private DataFile() {}

    /**
     * All rows of a file, in their order.
     *
     * @throws DataException that names the file and the row
     */
    public static List<Row> read(Path file, Fields fields) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString(), fields);
        } catch (NoSuchFileException e) {
            throw new DataException(file + ": no such file (expected: a data set)");
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read: " + e.getMessage());
        }
    }

    static List<Row> read(InputStream in, String name, Fields fields) throws IOException {
        RowFormat format = format(name, fields);
        InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in;
        BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
        skipByteOrderMark(reader);
        List<Row> rows = new ArrayList<>();
        int record = 0;
        for (String text = format.next(reader); text != null; text = format.next(reader)) {
            if (!text.isBlank()) {
                try {
                    format.row(text).ifPresent(rows::add);
                } catch (IllegalArgumentException e) {
                    throw new DataException(name + ": row " + record + ": " + e.getMessage());
                }
                record++;
            }
        }
        if (rows.isEmpty()) {
            throw new DataException(name + ": no rows (expected: at least one)");
        }
        return List.copyOf(rows);
    }

    // spreadsheets begin a file with it, and it is no part of the first name or number
    private static void skipByteOrderMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
    }

    private static RowFormat format(String name, Fields fields) {
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
        if (plain.endsWith(".jsonl")) {
            return new JsonLines(fields);
        }
        if (plain.endsWith(".csv")) {
            return new Csv(fields);
        }
        throw new DataException(name + ": (expected: a name that ends in .jsonl, .jsonl.gz, .csv or .csv.gz)");
    }
}
