package io.abgate.gateway.configuration;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Settings by key, each with its newest value; the keys are those of the defaults, any other is refused. */
final class Settings {
    private static final String PREFIX = "ABGATE_CFG_";

    private final Map<String, Value> values = new LinkedHashMap<>();

    Settings(Value defaults) {
        leaves(defaults, values::put);
    }

    /** The value of a key that the defaults have. */
    Value at(String key) {
        return Objects.requireNonNull(values.get(key), key);
    }

    /** Puts a file over what is here. */
    void file(Value root) {
        if (root.isPresent()) {
            root.require(root.node().isObject(), "a mapping");
            leaves(root, this::replace);
        }
    }

    /** Puts the variables with our prefix over what is here. */
    void environment(Map<String, String> environment) {
        Map<String, String> keys = values.keySet().stream().collect(Collectors.toMap(Settings::variable, key -> key));
        new TreeMap<>(environment).forEach((name, text) -> {
            if (name.startsWith(PREFIX)) {
                String key = keys.get(name);
                if (key == null) {
                    throw unknown(name, name, keys.keySet());
                }
                values.put(key, Value.spelled(name, text));
            }
        });
    }

    /** Puts one {@code key=value} of the command line over what is here. */
    void assignment(String assignment) {
        String source = "--set " + assignment;
        int equals = assignment.indexOf('=');
        if (equals < 0) {
            throw ConfigurationException.expected("--set", assignment, "key=value");
        }
        String key = assignment.substring(0, equals).strip();
        if (!values.containsKey(key)) {
            throw unknown(source, key, values.keySet());
        }
        values.put(key, Value.spelled(source, assignment.substring(equals + 1)));
    }

    private void replace(String key, Value value) {
        if (values.replace(key, value) == null) {
            value.require(values.keySet().stream().noneMatch(known -> known.startsWith(key + ".")), "a mapping");
            throw unknown(value.where(), key, values.keySet());
        }
    }

    private void leaves(Value value, BiConsumer<String, Value> sink) {
        if (value.node().isObject() && !values.containsKey(value.path())) {
            value.node().fieldNames().forEachRemaining(key -> leaves(value.at(key), sink));
        } else {
            sink.accept(value.path(), value);
        }
    }

    private static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static ConfigurationException unknown(String where, String key, Set<String> known) {
        return new ConfigurationException(where + ": " + Suggestion.unknownKey(key, known));
    }
}
