package io.abgate.gateway.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One value that an operator wrote, with the place where it stands, so that a refusal can name it.
 *
 * @param source a file, or the one assignment that this value is
 * @param path keys from the root of the file, empty at the root
 * @param spelled whether the value came as bare text (environment, command line) and its type is what is asked for
 */
record Value(String source, String path, JsonNode node, boolean spelled) {
    private static final int LONGEST_SHOWN = 60;

    /** The whole of a file. */
    static Value root(String source, JsonNode node) {
        return new Value(source, "", node, false);
    }

    /** The right side of an assignment. */
    static Value spelled(String source, String text) {
        return new Value(source, "", TextNode.valueOf(text), true);
    }

    /** The value below {@code key}, absent when there is none. */
    Value at(String key) {
        requireType(node.isObject(), "a mapping");
        JsonNode child = node.get(key);
        return below(path.isEmpty() ? key : path + "." + key, child == null ? MissingNode.getInstance() : child);
    }

    /** This value, once it is a mapping that has no keys but these. */
    Value only(String... keys) {
        requireType(node.isObject(), "a mapping with the keys " + String.join(", ", keys));
        List<String> known = Arrays.asList(keys);
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw new ConfigurationException(at(key).where() + ": " + Suggestion.unknownKey(key, known));
            }
        });
        return this;
    }

    /** Keys of this value, once it is a mapping that has some, in their order. */
    List<String> keys(String what) {
        requireType(node.isObject() && !node.isEmpty(), "a mapping with " + what);
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    boolean isPresent() {
        return !node.isMissingNode();
    }

    /** Text that is not blank. */
    String text() {
        require(node.isTextual(), node.isValueNode() && !node.isNull() ? "text, so in quotes" : "text");
        require(!node.textValue().isBlank(), "text");
        return node.textValue();
    }

    /** Whether it is text without a word in it. */
    boolean isBlank() {
        return node.isTextual() && node.textValue().isBlank();
    }

    /** True or false. */
    boolean flag() {
        requireType(node.isBoolean(), "true or false");
        return node.booleanValue();
    }

    /** A whole number. */
    int wholeNumber() {
        return wholeNumber(Integer.MIN_VALUE, Integer.MAX_VALUE, "a whole number");
    }

    /** A whole number, or {@code absent} where nothing is written. */
    int wholeNumberOr(int absent) {
        return isPresent() ? wholeNumber() : absent;
    }

    /** A whole number of this range, both ends in it. */
    int wholeNumber(int least, int most) {
        return wholeNumber(least, most, "a whole number from " + least + " to " + most);
    }

    private int wholeNumber(int least, int most, String expected) {
        BigDecimal number = decimal(expected);
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        boolean inRange =
                number.compareTo(BigDecimal.valueOf(least)) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0;
        require(whole && inRange, expected);
        return number.intValueExact();
    }

    /** A finite number. */
    double number() {
        return decimal("a finite number").doubleValue();
    }

    /** A finite number, or {@code absent} where nothing is written. */
    double numberOr(double absent) {
        return isPresent() ? number() : absent;
    }

    private BigDecimal decimal(String expected) {
        try {
            requireType(node.isNumber() || spelled, expected);
            return new BigDecimal(node.asText().strip());
        } catch (NumberFormatException e) { // also of an infinite number
            throw refusal(expected);
        }
    }

    /** Each element of a list; bare text is split at commas. */
    <T> List<T> list(Function<Value, T> read) {
        List<T> elements = new ArrayList<>();
        if (spelled) {
            Arrays.stream(node.textValue().split(",", -1))
                    .map(String::strip)
                    .filter(element -> !element.isEmpty())
                    .forEach(element -> elements.add(read.apply(below(path, TextNode.valueOf(element)))));
            return List.copyOf(elements);
        }
        requireType(node.isArray(), "a list");
        for (int i = 0; i < node.size(); i++) {
            elements.add(read.apply(below(path + "[" + i + "]", node.get(i))));
        }
        return List.copyOf(elements);
    }

    /** One of a few words, written as the constants of {@code type} are, in either case, without underscores. */
    <E extends Enum<E>> E choice(Class<E> type) {
        E[] choices = type.getEnumConstants();
        return Arrays.stream(choices)
                .filter(choice -> node.isTextual() && word(choice).equalsIgnoreCase(node.textValue()))
                .findFirst()
                .orElseThrow(() -> refusal(
                        "one of " + Arrays.stream(choices).map(Value::word).collect(Collectors.joining(", "))));
    }

    /** DRY_RUN is written dryRun. */
    private static String word(Enum<?> constant) {
        StringBuilder word = new StringBuilder();
        for (String part : constant.name().split("_", -1)) {
            String lower = part.toLowerCase(Locale.ROOT);
            word.append(word.isEmpty() ? lower : part.charAt(0) + lower.substring(1));
        }
        return word.toString();
    }

    /** Refuses this value, of a kind that cannot be meant, unless {@code holds}; text is shown as such: "2" is no 2. */
    private void requireType(boolean holds, String expected) {
        if (!holds) {
            String came = shown();
            boolean isText = node.isTextual() && !spelled && !isBlank();
            throw ConfigurationException.expected(where(), isText ? '"' + came + '"' : came, expected);
        }
    }

    /** Refuses this value unless {@code holds}. */
    void require(boolean holds, String expected) {
        if (!holds) {
            throw refusal(expected);
        }
    }

    ConfigurationException refusal(String expected) {
        return ConfigurationException.expected(where(), shown(), expected);
    }

    String where() {
        return path.isEmpty() ? source : source + ": " + path;
    }

    /** The same without what an assignment assigns. */
    String hiddenWhere() {
        int equals = path.isEmpty() ? source.indexOf('=') : -1;
        return equals < 0 ? where() : source.substring(0, equals);
    }

    private Value below(String childPath, JsonNode child) {
        return new Value(source, childPath, child, spelled);
    }

    private String shown() {
        String text = node.isContainerNode() ? node.toString() : node.asText();
        if (node.isNull() || text.isBlank()) {
            return "nothing";
        }
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
