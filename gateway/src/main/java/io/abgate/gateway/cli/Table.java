package io.abgate.gateway.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text under headings, aligned: numbers to the right, words to the left. */
final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of(headings));
    }

    Table row(String... cells) {
        rows.add(Arrays.stream(cells).map(cell -> cell.replaceAll("\\s+", " ")).toList());
        return this;
    }

    @Override
    public String toString() {
        int columns = rows.get(0).size();
        List<Integer> widths = IntStream.range(0, columns).mapToObj(this::width).toList();
        List<Boolean> right =
                IntStream.range(0, columns).mapToObj(this::isNumeric).toList();
        return rows.stream()
                .map(row -> IntStream.range(0, columns)
                        .mapToObj(i -> padded(row.get(i), widths.get(i), right.get(i)))
                        .collect(Collectors.joining(GAP))
                        .stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.stream().skip(1).allMatch(row -> row.get(column).matches("-|[0-9][0-9., %]*"));
    }

    private static String padded(String cell, int width, boolean right) {
        String space = " ".repeat(width - cell.length());
        return right ? space + cell : cell + space;
    }
}
