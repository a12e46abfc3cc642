package io.abgate.loadtest.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lines of a table whose columns stand under each other. */
final class Columns {
    private static final String GAP = "  ";

    private Columns() {}

    static List<String> of(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> row.get(column)
                        + " ".repeat(widths[column] - row.get(column).length()))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }
}
