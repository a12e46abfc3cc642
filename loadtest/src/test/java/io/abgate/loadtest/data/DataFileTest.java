package io.abgate.loadtest.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFileTest {
    private static final Fields FIELDS = Fields.usual("text");

    @TempDir
    Path folder;

    @Test
    void readsJsonLines() throws IOException {
        List<Row> rows = read(
                "a.jsonl", "{\"text\":\"hi\",\"truth\":\"ham\"}\n\n{\"input\":[1,2],\"label\":3}\n{\"text\":\"x\"}\n");
        assertThat(rows).extracting(row -> row.input().toString()).containsExactly("\"hi\"", "[1,2]", "\"x\"");
        assertThat(rows).extracting(Row::truth).containsExactly("ham", "3", null);
    }

    @Test
    void readsNumbersFromCsvWithoutNames() throws IOException {
        List<Row> rows = read("a.csv", "1,2.50,left\n3,4,\n");
        assertThat(rows).extracting(row -> row.input().toString()).containsExactly("[1,2.50]", "[3,4]");
        assertThat(rows).extracting(Row::truth).containsExactly("left", null);
    }

    @Test
    void readsTextFromCsvWithNames() throws IOException {
        List<Row> rows = read("a.csv", "label,text\nspam,\"one, \"\"two\"\"\nthree\"\nham,four\n");
        assertThat(rows).extracting(row -> row.input().textValue()).containsExactly("one, \"two\"\nthree", "four");
        assertThat(rows).extracting(Row::truth).containsExactly("spam", "ham");
        assertThat(read("b.csv", "x,truth,y\n1,left,2\n"))
                .extracting(row -> row.input().toString())
                .containsExactly("[1,2]");
    }

    @Test
    void readsPastAByteOrderMark() throws IOException {
        assertThat(read("a.csv", "\uFEFFlabel,text\nspam,hi\n"))
                .extracting(row -> row.input().textValue())
                .containsExactly("hi");
        assertThat(read("b.csv", "\uFEFF1,2,left\n")).extracting(Row::truth).containsExactly("left");
        assertThat(read("a.jsonl", "\uFEFF{\"text\":\"hi\"}\n")).hasSize(1);
    }

    @Test
    void readsWhatIsGzipped() throws IOException {
        Path file = folder.resolve("a.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"text\":\"hi\",\"truth\":\"ham\"}".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(DataFile.read(file, FIELDS)).hasSize(1);
    }

    @Test
    void saysWhichRowIsUnsound() {
        assertRefused("a.jsonl", "{\"text\":\"hi\"}\n{\"text\":", "a.jsonl: row 1: no JSON object");
        assertRefused("a.jsonl", "{\"words\":\"hi\"}", "row 0: no text or list in the field text or input");
        assertRefused("a.csv", "1,2,left\n1,x,left", "a.csv: row 1: cell: x (expected: a number)");
        assertRefused("a.csv", "", "no rows (expected: at least one)");
        assertRefused("a.txt", "", "a name that ends in .jsonl");
        assertThatThrownBy(() -> DataFile.read(folder.resolve("none.csv"), FIELDS))
                .hasMessageContaining("none.csv: no such file");
    }

    @Test
    void findsTheDataOfShippedModels() {
        assertThat(ShippedData.of("mail").orElseThrow()).hasSize(4163).allMatch(row -> row.input()
                .isTextual());
        assertThat(ShippedData.of("digits").orElseThrow())
                .hasSize(797)
                .allMatch(row -> row.input().size() == 64);
        assertThat(ShippedData.of("next-word").orElseThrow()).hasSize(36);
        assertThat(ShippedData.of("else")).isEmpty();
    }

    private void assertRefused(String name, String text, String message) {
        assertThatThrownBy(() -> read(name, text))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    private List<Row> read(String name, String text) throws IOException {
        return DataFile.read(Files.writeString(folder.resolve(name), text), FIELDS);
    }
}
