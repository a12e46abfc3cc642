package io.abgate.loadtest.data;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cells between commas (RFC 4180). Without a line of names the truth is the last cell and the others are numbers. A first
 * line that names the truth may name the input too, which is then a text; else all other columns are numbers.
 */
final class Csv implements RowFormat {
    private final Fields fields;
    private boolean isFirst = true;
    private int truthColumn = -1;
    private int inputColumn = -1;

    Csv(Fields fields) {
        this.fields = fields;
    }

    @Override
    public @Nullable String next(BufferedReader reader) throws IOException {
        String line = reader.readLine();
        if (line == null || isWhole(line)) {
            return line;
        }
        StringBuilder text = new StringBuilder(line);
        while (!isWhole(text)) { // a line break between quotation marks
            line = reader.readLine();
            if (line == null) {
                break;
            }
            text.append('\n').append(line);
        }
        return text.toString();
    }

    private static boolean isWhole(CharSequence text) {
        return text.chars().filter(c -> c == '"').count() % 2 == 0;
    }

    @Override
    public Optional<Row> row(String text) {
        List<String> cells = cells(text);
        if (isFirst) {
            isFirst = false;
            truthColumn = first(cells, fields.truths());
            if (truthColumn >= 0) {
                inputColumn = first(cells, fields.inputs());
                return Optional.empty();
            }
        }
        int truth = truthColumn < 0 ? cells.size() - 1 : truthColumn;
        if (truth >= cells.size() || cells.size() < 2) {
            throw new IllegalArgumentException(cells.size() + " cells (expected: an input and a truth)");
        }
        String label = cells.get(truth).strip();
        return Optional.of(
                new Row(inputColumn >= 0 ? text(cells) : numbers(cells, truth), label.isEmpty() ? null : label));
    }

    private TextNode text(List<String> cells) {
        if (inputColumn >= cells.size()) {
            throw new IllegalArgumentException(cells.size() + " cells (expected: more than " + inputColumn + ")");
        }
        return TextNode.valueOf(cells.get(inputColumn));
    }

    private static ArrayNode numbers(List<String> cells, int truth) {
        ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < cells.size(); i++) {
            if (i != truth) {
                numbers.add(number(cells.get(i).strip()));
            }
        }
        return numbers;
    }

    private static BigDecimal number(String cell) {
        try {
            return new BigDecimal(cell);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("cell: " + cell + " (expected: a number)", e);
        }
    }

    private static int first(List<String> cells, List<String> names) {
        return names.stream()
                .mapToInt(cells::indexOf)
                .filter(index -> index >= 0)
                .findFirst()
                .orElse(-1);
    }

    private static List<String> cells(String text) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                boolean isDoubled = isQuoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (isDoubled) {
                    cell.append(c);
                    i++;
                } else {
                    isQuoted = !isQuoted;
                }
            } else if (c == ',' && !isQuoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
